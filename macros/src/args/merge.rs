//! The arguments of a block as the defaults of what is in it: what a method says itself wins, attributes add up.

use super::{Args, Given, Place, Role};

impl<T: Clone> Given<T> {
    fn as_default(&self) -> Self {
        Self { inherited: true, ..self.clone() }
    }
}

fn or<T: Clone>(own: Option<Given<T>>, default: Option<&Given<T>>) -> Option<Given<T>> {
    own.or_else(|| default.map(Given::as_default))
}

impl Args {
    /// Whether `skip` is all that was said.
    pub(crate) fn is_only_skip(&self) -> bool {
        let Args {
            name,
            role,
            place,
            attributes,
            parameters,
            ret,
            err,
            none_is_error,
            into,
            link,
            links,
            scope,
            leaf,
            when,
            skip,
            runtime,
        } = self;
        let others = [
            name.is_some(),
            role.is_some(),
            place.is_some(),
            !attributes.is_empty(),
            parameters.is_some(),
            ret.is_some(),
            err.is_some(),
            none_is_error.is_some(),
            into.is_some(),
            link.is_some(),
            links.is_some(),
            scope.is_some(),
            leaf.is_some(),
            when.is_some(),
            runtime.is_some(),
        ];
        skip.is_some() && !others.contains(&true)
    }

    /// These arguments, with those of the block around where they say nothing.
    pub(crate) fn over(self, block: &Args) -> Args {
        let mut attributes: Vec<_> = block.attributes.iter().map(Given::as_default).collect();
        attributes.retain(|default| self.attributes.iter().all(|own| own.value.key.text != default.value.key.text));
        attributes.extend(self.attributes.iter().cloned());
        let current = matches!(&self.place, Some(Given { value: Place::Current, .. }));
        let starts = if current { None } else { Some(block) };
        let consumes = |role: Option<&Given<Role>>| role.is_some_and(|role| matches!(role.value, Role::Consumer { .. }));
        let place_taken = self.place.is_some();
        let role_default = starts.and_then(|block| block.role.as_ref()).filter(|role| !(place_taken && consumes(Some(role))));
        let place_default = block.place.as_ref().filter(|_| !consumes(self.role.as_ref()));
        Args {
            name: or(self.name, starts.and_then(|block| block.name.as_ref())),
            role: or(self.role, role_default),
            place: or(self.place, place_default),
            attributes,
            parameters: or(self.parameters, block.parameters.as_ref()),
            ret: or(self.ret, block.ret.as_ref()),
            err: or(self.err, block.err.as_ref()),
            none_is_error: or(self.none_is_error, block.none_is_error.as_ref()),
            into: or(self.into, block.into.as_ref()),
            link: or(self.link, block.link.as_ref()),
            links: or(self.links, block.links.as_ref()),
            scope: or(self.scope, starts.and_then(|block| block.scope.as_ref())),
            leaf: or(self.leaf, starts.and_then(|block| block.leaf.as_ref())),
            when: or(self.when, block.when.as_ref()),
            skip: self.skip,
            runtime: or(self.runtime, block.runtime.as_ref()),
        }
    }
}
