"""Verbs a step begins with: which they are, in any form people write them in, and what kind of doing each is."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What kind of doing a verb is: two steps are only ever the same where their verbs are of one kind."""

    GATHER = "gather"
    WORK = "work"
    CHECK = "check"
    SIGN = "sign"
    FILE = "file"
    TELL = "tell"
    KEEP = "keep"
    MEET = "meet"


_VERBS = {
    Kind.GATHER: "request obtain collect gather receive chase ask download fetch get pull scan retrieve source",
    Kind.WORK: """prepare draft calculate compute reconcile post produce complete set create add process enter import
        adjust update correct build write analyse allocate agree match clear value estimate apply map connect split
        separate run count convert configure schedule recalculate roll establish identify list consider assess choose
        decide confirm compare load enrol re-enrol verify design develop install test transfer move change cancel
        remove deregister close open form incorporate claim apportion code categorise tag translate finalise revise
        work carry do make take bring put start begin plan document map research resolve fix restore disconnect
        contain investigate preserve search destroy renew include exclude charge attribute stream account reallocate
        support screen re-screen rate corroborate determine trace walk select define negotiate handle reclaim query
        pass introduce appoint assign attend reply answer respond track monitor control show fill clean hand order
        recruit hire price quote value accrue depreciate capitalise journal bank input key extract export back upload
        migrate switch stop pause activate deactivate revoke authorise authorize link sync integrate customise
        automate follow pick log record note number sort organise arrange book renumber rate grade score model
        project forecast budget benchmark pro-rate gross net deduct withhold offset refund repay recover write-off
        reverse re-run rerun examine inspect audit sample observe vouch cast tie refer engage onboard offboard
        disengage withdraw terminate dissolve wind strike distribute liquidate realise sell buy acquire purchase
        raise maintain manage oversee coordinate help assist provide give finish perform conduct execute implement
        merge print place pool read revalue secure mark draw ring-fence compile extend double-check total evaluate
        explore scope size measure clarify ensure see use""",
    Kind.CHECK: "review check challenge look inspect proofread",
    Kind.SIGN: "approve sign sign-off countersign certify accept authorise",
    Kind.FILE: "file submit lodge register e-file efile transmit",
    Kind.TELL: """advise tell notify inform send issue remind email e-mail explain report present brief circulate
        publish share deliver acknowledge comment invite warn alert announce communicate return release
        disclose bill invoice pay serve dispatch""",
    Kind.KEEP: "save archive store retain keep lock diarise back-up backup update-records",
    Kind.MEET: "hold meet discuss speak call telephone phone ring interview train talk visit onboard-call catch host",
}
KINDS: dict[str, Kind] = {}
for _kind, _words in _VERBS.items():
    for _word in _words.split():
        KINDS.setdefault(_word, _kind)

_IRREGULAR = {
    "sent": "send", "paid": "pay", "held": "hold", "written": "write", "wrote": "write", "taken": "take",
    "took": "take", "done": "do", "does": "do", "made": "make", "given": "give", "gave": "give", "got": "get",
    "told": "tell", "met": "meet", "kept": "keep", "brought": "bring", "drawn": "draw", "chosen": "choose",
    "spoken": "speak", "built": "build", "bought": "buy", "sold": "sell",
}  # fmt: skip
_ENDINGS = ("ies", "ied", "ying", "es", "ed", "ing", "s", "d")


def lemma(word: str) -> str | None:
    """The verb a word is a form of: "reconciles", "reconciled" and "reconciling" are "reconcile"; None for no verb."""
    low = word.lower().strip(".,:;()")
    if low in KINDS:
        return low
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) > len(ending) + 1:
            stem = low[: -len(ending)]
            for tail in ("y",) if ending.startswith(("ie", "yi")) else ("", "e"):
                if stem + tail in KINDS:
                    return stem + tail
            if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in KINDS:
                return stem[:-1]
    return None


def verb_of(title: str) -> str | None:
    """The verb a step's name begins with, where it begins with one in the form that asks: "File", not "Filing"."""
    first = title.split(" ", 1)[0].lower().strip(".,:;()") if title else ""
    return first if first in KINDS else None
