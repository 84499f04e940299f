//! Code in which the names that everybody takes for granted are missing, or are somebody else's: an expansion mentions none of them.

mod bare;
mod shadowed;

use std::collections::HashMap;
use traced::testing::capture_async;

const FAILED: &str = "ERROR: nothing\n  · exception [exception.type=&str, exception.message=nothing]\n";

/// What both modules define, each in its own surroundings, gives one trace.
macro_rules! gives_the_trace {
    ($name:ident, $module:ident) => {
        #[tokio::test]
        async fn $name() {
            let ((), trace) = capture_async(async {
                $module::plain();
                assert_eq!($module::sum(1, 2), 3);
                assert!($module::fails(true).is_err());
                assert!($module::option().is_none());
                assert_eq!($module::waits(7).await, 7);
                assert!($module::waits_and_fails().await.is_err());
                assert_eq!($module::future(7).await, 7);
                assert_eq!($module::boxed(7).await, 7);
                assert_eq!(futures_util::StreamExt::count($module::stream()).await, 2);
                $module::Cart { items: 3 }.check(1);
                $module::handler(&HashMap::new());
                $module::publishes(&mut HashMap::new());
                let _ = $module::everything("orders", Some(3)).await;
            })
            .await;
            assert_eq!(
                trace.tree(),
                [
                    "plain\nsum [a=1, b=2, return=3]\nfails [error.type=&str] ",
                    FAILED,
                    "option [error.type=None] ERROR: returned None\n  · exception [exception.type=None, exception.message=returned None]\n",
                    "waits [value=7, return=7]\nwaits_and_fails [error.type=&str] ",
                    FAILED,
                    "future\nboxed\nstream\nCart::check [items=3, key=1]\nhandler CONSUMER\npublishes\n",
                    "orders CLIENT [topic=orders, count=3, why=nothing]\n"
                ]
                .concat()
            );
        }
    };
}

gives_the_trace!(without_a_prelude, bare);
gives_the_trace!(with_other_things_under_the_names_of_the_prelude, shadowed);
