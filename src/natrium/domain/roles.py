"""Roles in rising order, and who may do what: SPEC section 3's table, as data.

Every permission question in the product is answered from `TABLE`; the docs page `docs/roles.md` is
written from it and a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Role(IntEnum):
    """A member's role; a higher number may do all that a lower one may."""

    VIEWER = 0
    STAFF = 1
    MANAGER = 2
    PARTNER = 3
    OWNER = 4

    @property
    def word(self) -> str:
        """The role as people read it: "manager"."""
        return self.name.lower()

    @property
    def one(self) -> str:
        """Somebody of the role, in a sentence: "a manager", "an owner", "staff"."""
        return {Role.STAFF: "staff", Role.OWNER: "an owner"}.get(self, f"a {self.word}")

    @classmethod
    def parse(cls, word: str) -> Role:
        """The role for a word. Raises ValueError for an unknown one."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"“{word}” is not a role; roles are viewer, staff, manager, partner and owner.") from None


class Deed(StrEnum):
    """What a member may be allowed to do. The first block is about steps, the rest about whole things."""

    WORK_STEP = "start, wait, resume, complete, confirm a step"
    WORK_MANAGER_STEP = "the same, where the step is for the client manager"
    WORK_PARTNER_STEP = "the same, where the step is for the client partner"
    CLAIM_STEP = "take an unassigned step"
    GIVE_AWAY_OWN_STEP = "assign one's own step to somebody else"
    ASSIGN_OTHERS_STEP = "assign a step that is not one's own"
    REOPEN_OWN_STEP = "send back a step of one's own"
    REOPEN_OTHERS_STEP = "send back another member's step"
    SKIP_STEP = "skip a step, or take the skip back"
    OVERRIDE = "start or complete anyway"
    OVERRIDE_BLOCKING = "start or complete anyway past a blocking step"
    EDIT_WORKFLOW = "add, move and edit steps of one workflow"
    LOOSEN_WORKFLOW = "loosen a template's rule on one workflow"
    UNDO_OWN = "undo one's own last action"
    COMMENT = "comment"
    ADD_FILE = "add a file"
    REMOVE_OWN_FILE = "remove a file that one added"
    REMOVE_OTHERS_FILE = "remove a file that somebody else added"
    READ = "read everything in the practice"
    EDIT_TASK = "create, edit, hold and cancel tasks; attach workflows"
    HAND_OVER = "hand a colleague's work over to others"
    EDIT_CLIENT = "create and edit clients"
    EDIT_TEMPLATE = "write, publish and archive templates"
    EDIT_SERVICE = "write services; start, pause and end them for clients"
    SHARE_VIEW = "share a view of the overview, or remove a colleague's"
    EDIT_PROPOSAL = "write proposals"
    SEND_PROPOSAL = "send proposals"
    RUN_JOB = "see background jobs, and run one again"
    EDIT_PRACTICE = "manage members and settings"


@dataclass(frozen=True, slots=True)
class Permission:
    """Who may do a deed: the lowest role, and whether the task owner or the step's assignee may as well.

    Task owner and assignee still need to be staff or above.
    """

    role: Role
    task_owner: bool = False
    assignee: bool = False


TABLE: dict[Deed, Permission] = {
    Deed.WORK_STEP: Permission(Role.STAFF),
    Deed.WORK_MANAGER_STEP: Permission(Role.MANAGER, assignee=True),
    Deed.WORK_PARTNER_STEP: Permission(Role.PARTNER, assignee=True),
    Deed.CLAIM_STEP: Permission(Role.STAFF),
    Deed.GIVE_AWAY_OWN_STEP: Permission(Role.STAFF),
    Deed.ASSIGN_OTHERS_STEP: Permission(Role.MANAGER, task_owner=True),
    Deed.REOPEN_OWN_STEP: Permission(Role.STAFF),
    Deed.REOPEN_OTHERS_STEP: Permission(Role.MANAGER, task_owner=True),
    Deed.SKIP_STEP: Permission(Role.MANAGER, task_owner=True),
    Deed.OVERRIDE: Permission(Role.MANAGER),
    Deed.OVERRIDE_BLOCKING: Permission(Role.PARTNER),
    Deed.EDIT_WORKFLOW: Permission(Role.MANAGER, task_owner=True),
    Deed.LOOSEN_WORKFLOW: Permission(Role.PARTNER),
    Deed.UNDO_OWN: Permission(Role.STAFF),
    Deed.COMMENT: Permission(Role.STAFF),
    Deed.ADD_FILE: Permission(Role.STAFF),
    Deed.REMOVE_OWN_FILE: Permission(Role.STAFF),
    Deed.REMOVE_OTHERS_FILE: Permission(Role.MANAGER, task_owner=True),
    Deed.READ: Permission(Role.VIEWER),
    Deed.EDIT_TASK: Permission(Role.MANAGER, task_owner=True),
    Deed.HAND_OVER: Permission(Role.MANAGER),
    Deed.EDIT_CLIENT: Permission(Role.MANAGER),
    Deed.EDIT_TEMPLATE: Permission(Role.MANAGER),
    Deed.EDIT_SERVICE: Permission(Role.MANAGER),
    Deed.SHARE_VIEW: Permission(Role.MANAGER),
    Deed.EDIT_PROPOSAL: Permission(Role.MANAGER),
    Deed.SEND_PROPOSAL: Permission(Role.PARTNER),
    Deed.RUN_JOB: Permission(Role.PARTNER),
    Deed.EDIT_PRACTICE: Permission(Role.OWNER),
}


def may(role: Role, deed: Deed, *, task_owner: bool = False, assignee: bool = False) -> bool:
    """Whether a member of this role may do the deed.

    `task_owner`: the member owns the task in question. `assignee`: the step is assigned to the member.
    """
    permission = TABLE[deed]
    if role >= permission.role:
        return True
    if role < Role.STAFF:
        return False
    return (permission.task_owner and task_owner) or (permission.assignee and assignee)


def who_may(deed: Deed) -> str:
    """The people a deed is open to, in words: "a manager or above, or the task owner"."""
    permission = TABLE[deed]
    words = [f"{permission.role.one} or above"]
    if permission.role is Role.OWNER:
        words = ["a practice owner"]
    if permission.task_owner:
        words.append("the task owner")
    if permission.assignee:
        words.append("the person it is assigned to")
    return ", or ".join(words)
