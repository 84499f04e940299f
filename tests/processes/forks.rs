//! What a forked child sees of its parent's tracing: nothing that it could export, and no lock to wait for.

use crate::{probe, stdout};

#[test]
fn a_forked_child_exports_nothing_and_makes_no_ids() {
    let path = std::env::temp_dir().join(format!("traced-fork-{}.jsonl", std::process::id()));
    let text = stdout(&probe(&["fork", &path.to_string_lossy()], &[]));
    let written = std::fs::read_to_string(&path).expect("the file is there");
    std::fs::remove_file(&path).expect("it can be removed");

    let mut ids = text.lines().filter_map(|line| line.strip_prefix("id: "));
    let (Some(around), Some(in_child), Some(in_parent)) = (ids.next(), ids.next(), ids.next()) else { panic!("{text}") };
    let expected = format!(
        "id: {around}\nid: {around}\nplain API: false\nflush: Err(Stopped)\nstats: 0 started\n\
         again: tracing was started before this process was forked off, and what it needs stayed behind; fork first, then call `traced::init`\n\
         shutdown: tracing is already shut down\nwaited: false\n\
         id: {in_parent}\nplain API: true\nflush: Ok(())\nstats: 4 started\n\
         shutdown: 4 spans started, 4 exported, 0 dropped, 0 failed\nwaited: false\n"
    );
    assert_eq!(text, expected);
    assert!(in_child == around && in_parent != around, "only the parent's function has a span: {text}");
    for name in ["before", "around", "after", "other"] {
        assert_eq!(written.matches(&format!(r#""name":"{name}""#)).count(), 1, "{name} in {written}");
    }
}

#[test]
fn a_forked_child_waits_for_no_lock_of_its_parents_threads() {
    assert_eq!(stdout(&probe(&["fork-under-load"], &[])), "a child hung: false\n");
}
