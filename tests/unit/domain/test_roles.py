"""Who may do what: the whole table of roles, written out by hand."""

from __future__ import annotations

import pytest

from natrium.domain.roles import TABLE, Deed, Role, may, who_may

VIEWER, STAFF, MANAGER, PARTNER, OWNER = Role

# The lowest role, and whether the task owner and the person the step is assigned to may as well.
WRITTEN_OUT = [
    (Deed.READ, VIEWER, False, False),
    (Deed.COMMENT, STAFF, False, False),
    (Deed.ADD_FILE, STAFF, False, False),
    (Deed.REMOVE_OWN_FILE, STAFF, False, False),
    (Deed.REMOVE_OTHERS_FILE, MANAGER, True, False),
    (Deed.WORK_STEP, STAFF, False, False),
    (Deed.WORK_MANAGER_STEP, MANAGER, False, True),
    (Deed.WORK_PARTNER_STEP, PARTNER, False, True),
    (Deed.CLAIM_STEP, STAFF, False, False),
    (Deed.GIVE_AWAY_OWN_STEP, STAFF, False, False),
    (Deed.ASSIGN_OTHERS_STEP, MANAGER, True, False),
    (Deed.REOPEN_OWN_STEP, STAFF, False, False),
    (Deed.REOPEN_OTHERS_STEP, MANAGER, True, False),
    (Deed.SKIP_STEP, MANAGER, True, False),
    (Deed.OVERRIDE, MANAGER, False, False),
    (Deed.OVERRIDE_BLOCKING, PARTNER, False, False),
    (Deed.EDIT_WORKFLOW, MANAGER, True, False),
    (Deed.LOOSEN_WORKFLOW, PARTNER, False, False),
    (Deed.UNDO_OWN, STAFF, False, False),
    (Deed.EDIT_TASK, MANAGER, True, False),
    (Deed.HAND_OVER, MANAGER, False, False),
    (Deed.EDIT_CLIENT, MANAGER, False, False),
    (Deed.EDIT_TEMPLATE, MANAGER, False, False),
    (Deed.EDIT_SERVICE, MANAGER, False, False),
    (Deed.SHARE_VIEW, MANAGER, False, False),
    (Deed.EDIT_PROPOSAL, MANAGER, False, False),
    (Deed.SEND_PROPOSAL, PARTNER, False, False),
    (Deed.RUN_JOB, PARTNER, False, False),
    (Deed.EDIT_PRACTICE, OWNER, False, False),
]


def test_every_deed_is_written_out() -> None:
    assert {each[0] for each in WRITTEN_OUT} == set(Deed) == set(TABLE)


@pytest.mark.parametrize(
    ("deed", "lowest", "task_owner", "assignee"), WRITTEN_OUT, ids=[w[0].name for w in WRITTEN_OUT]
)
def test_who_may(deed: Deed, lowest: Role, task_owner: bool, assignee: bool) -> None:  # noqa: FBT001
    for role in Role:
        works = role >= STAFF
        assert may(role, deed) is (role >= lowest)
        assert may(role, deed, task_owner=True) is (role >= lowest or (works and task_owner))
        assert may(role, deed, assignee=True) is (role >= lowest or (works and assignee))


def test_a_higher_role_may_all_that_a_lower_one_may() -> None:
    assert list(Role) == sorted(Role)
    assert [role.word for role in Role] == ["viewer", "staff", "manager", "partner", "owner"]


def test_somebody_of_a_role_in_a_sentence() -> None:
    assert [role.one for role in Role] == ["a viewer", "staff", "a manager", "a partner", "an owner"]


@pytest.mark.parametrize("word", ["viewer", "staff", "manager", "partner", "owner", "Partner"])
def test_a_role_is_known_by_its_word(word: str) -> None:
    assert Role.parse(word).word == word.lower()


def test_another_word_is_none() -> None:
    with pytest.raises(ValueError, match="“boss” is not a role"):
        Role.parse("boss")


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (Deed.COMMENT, "staff or above"),
        (Deed.SEND_PROPOSAL, "a partner or above"),
        (Deed.SKIP_STEP, "a manager or above, or the task owner"),
        (Deed.WORK_PARTNER_STEP, "a partner or above, or the person it is assigned to"),
        (Deed.EDIT_PRACTICE, "a practice owner"),
    ],
)
def test_the_people_a_deed_is_open_to_in_words(deed: Deed, words: str) -> None:
    assert who_may(deed) == words
