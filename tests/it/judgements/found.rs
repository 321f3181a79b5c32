//! Sequences of judgements that were found at random once, and left a trace then.

use super::{Step, World};
use crate::support::each_backend;

#[test]
fn a_role_that_a_merge_made_goes_when_a_split_takes_its_quotes() {
    each_backend(|backend| {
        let world = World::new(backend);
        // The first one merges two organisations, the second gives the quotes of both to a third.
        for step in [Step::Merge(1, 27, 7), Step::Split(1, 61, 4)] {
            world.take(&step);
        }
        assert_eq!(world.in_force().len(), 2, "they were refused");
        world.invariants_hold();
        world.take_all_back(0);
    });
}

#[test]
fn a_role_that_is_merged_takes_no_quote_that_was_given_to_another_organisation() {
    each_backend(|backend| {
        let world = World::new(backend);
        // The first one gives quotes to another organisation, the second merges the role that they print.
        for step in [Step::Split(1, 29, 26), Step::Merge(2, 61, 9)] {
            world.take(&step);
        }
        assert_eq!(world.in_force().len(), 2, "they were refused");
        world.invariants_hold();
        world.take_all_back(0);
    });
}

#[test]
fn a_role_whose_quotes_another_merge_took_along_stays_when_its_own_is_undone() {
    each_backend(|backend| {
        let world = World::new(backend);
        // Roles, then the organisation of the one that the other became.
        for step in [Step::Merge(2, 1, 7), Step::Merge(1, 48, 4)] {
            world.take(&step);
        }
        assert_eq!(world.in_force().len(), 2, "they were refused");
        world.take(&Step::Undo(0));
        world.invariants_hold();
        world.take_all_back(0);
    });
}

#[test]
fn a_role_whose_own_quotes_were_given_away_stays_when_what_was_merged_into_it_leaves() {
    each_backend(|backend| {
        let world = World::new(backend);
        let steps = [
            Step::Split(1, 34, 23),
            Step::Merge(1, 47, 34),
            Step::Unmask(0, 30),
            Step::Reassign(25, 0),
        ];
        for step in steps {
            world.take(&step);
        }
        world.take(&Step::Undo(21));
        world.invariants_hold();
        world.take_all_back(0);
    });
}

#[test]
fn an_import_after_an_undoing_in_the_middle_changes_nothing() {
    each_backend(|backend| {
        let world = World::new(backend);
        let steps = [
            Step::Merge(1, 9, 4),
            Step::Reassign(1, 43),
            Step::Split(2, 4, 46),
            Step::Undo(29),
            Step::ImportAgain,
        ];
        for step in steps {
            world.take(&step);
        }
        world.invariants_hold();
        world.take_all_back(0);
    });
}

#[test]
fn an_organisation_is_merged_whose_role_was_merged_before() {
    each_backend(|backend| {
        let world = World::new(backend);
        for step in [Step::Merge(1, 22, 33), Step::Merge(2, 10, 20), Step::Merge(1, 4, 7)] {
            world.take(&step);
        }
        world.invariants_hold();
        world.take_all_back(0);
    });
}

#[test]
fn an_organisation_is_itself_again_whose_role_is_merged() {
    each_backend(|backend| {
        let world = World::new(backend);
        let steps = [
            Step::Merge(2, 8, 13),
            Step::AddAlias(1, 0, 48),
            Step::Merge(1, 22, 37),
            Step::Undo(2),
        ];
        for step in steps {
            world.take(&step);
        }
        world.invariants_hold();
        world.take_all_back(0);
    });
}
