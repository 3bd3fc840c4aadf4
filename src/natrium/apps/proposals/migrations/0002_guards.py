from django.db import migrations

from natrium.apps.database.triggers import Guard, create, frozen

SENT = "What was sent to a client never changes."


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]

    operations = [
        create(
            (
                *frozen("proposals_acceptance", "An acceptance"),
                Guard("proposal_no_delete", "proposals_proposal", "DELETE", "A proposal is never deleted."),
                Guard("proposal_no_truncate", "proposals_proposal", "TRUNCATE", "A proposal is never deleted."),
                Guard(
                    "proposal_stays",
                    "proposals_proposal",
                    "UPDATE OF practice_id, client_id, number, version, document, content_hash, link_hash, sent_at,"
                    " expires_on",
                    SENT,
                    "OLD.document <> '' AND (NEW.document <> OLD.document OR NEW.content_hash <> OLD.content_hash"
                    " OR NEW.link_hash <> OLD.link_hash OR NEW.expires_on <> OLD.expires_on"
                    " OR NEW.client_id <> OLD.client_id OR NEW.practice_id <> OLD.practice_id"
                    " OR NEW.number <> OLD.number OR NEW.version <> OLD.version OR NEW.sent_at <> OLD.sent_at)",
                ),
                Guard(
                    "proposal_answer_stays",
                    "proposals_proposal",
                    "UPDATE OF status",
                    "An answer of a client never changes.",
                    "OLD.status IN ('accepted', 'declined') AND NEW.status <> OLD.status",
                ),
                Guard("sealedcopy_no_delete", "proposals_sealedcopy", "DELETE", "A sealed copy is never deleted."),
                Guard("sealedcopy_no_truncate", "proposals_sealedcopy", "TRUNCATE", "A sealed copy is never deleted."),
                Guard(
                    "sealed_copy_stays",
                    "proposals_sealedcopy",
                    "UPDATE OF pdf, sha256, sealed_at",
                    "A sealed copy never changes.",
                    "OLD.sha256 <> ''",
                ),
            )
        ),
    ]
