"""The addresses of the pages. Actions are nouns, and are posted."""

from django.urls import path

from natrium.web import converters as converters  # noqa: PLC0414 - its import makes "id" known
from natrium.web import icon
from natrium.web.clients import engagements, overrides, transfer
from natrium.web.clients import facts as client_facts
from natrium.web.clients import notes as client_notes
from natrium.web.clients import people as client_people
from natrium.web.clients import views as clients
from natrium.web.files import views as files
from natrium.web.notifications import views as notifications
from natrium.web.notifications import wishes
from natrium.web.people import handing_over
from natrium.web.people import views as people
from natrium.web.practice import bulk, saved
from natrium.web.practice import views as practice
from natrium.web.proposals import builder
from natrium.web.proposals import client as by_link
from natrium.web.proposals import views as proposals
from natrium.web.search import views as search
from natrium.web.services import starting as service_starting
from natrium.web.services import tasks as service_tasks
from natrium.web.services import views as services
from natrium.web.settings import jobs, keys, password
from natrium.web.settings import views as settings
from natrium.web.shaping import groups, steps
from natrium.web.sign_in import views as sign_in
from natrium.web.tasks import changing, new, notes, side
from natrium.web.tasks import views as tasks
from natrium.web.template_pages import editor, laws, starting, suggesting, versions
from natrium.web.template_pages import views as templates
from natrium.web.work import setting_up
from natrium.web.work import steps as work_steps
from natrium.web.work import views as work
from natrium.web.workflows import differences
from natrium.web.workflows import views as workflows

urlpatterns = [
    path("", work.home, name="home"),
    path("more/", work.more, name="more"),
    path("search/", search.search, name="search"),
    path("set-up/dismissal/", setting_up.hide, name="set-up-dismissal"),
    path("keys/", search.all_keys, name="keys"),
    path("my-work/", work.my_work, name="my-work"),
    path("my-work/delegated/", work.delegated, name="work-delegated"),
    path("my-work/of/<id:member_id>/", work.my_work, name="work-of"),
    path("my-work/steps/<id:step_id>/", work_steps.show, name="work-step"),
    path("my-work/steps/<id:step_id>/<slug:noun>/", work_steps.act_on, name="work-step-act"),
    path("tasks/", new.create, name="task-create"),
    path("tasks/new/", new.new, name="task-new"),
    path("tasks/<id:task_id>/", tasks.show, name="task"),
    path("tasks/<id:task_id>/activity/", notes.activity, name="task-activity"),
    path("tasks/<id:task_id>/changes/", tasks.changes, name="task-changes"),
    path("tasks/<id:task_id>/side/", side.side, name="task-side"),
    path("tasks/<id:task_id>/workflows/", tasks.attach, name="task-attach"),
    path("tasks/<id:task_id>/edit/", changing.edit, name="task-edit"),
    path("tasks/<id:task_id>/edits/<id:seq>/undo/", changing.take_back, name="task-edit-undo"),
    path("tasks/<id:task_id>/hold/", tasks.hold, name="task-hold"),
    path("tasks/<id:task_id>/files/", files.add, name="task-files"),
    path("notifications/", notifications.list_all, name="notifications"),
    path("notifications/reading/", notifications.read_all, name="notifications-read"),
    path("notifications/<id:notification_id>/reading/", notifications.read, name="notification-read"),
    path("settings/notifications/", wishes.wishes, name="settings-notifications"),
    path("files/<id:file_id>/", files.download, name="file"),
    path("files/<id:file_id>/removal/", files.remove, name="file-removal"),
    path("files/<id:file_id>/restoration/", files.restore, name="file-restoration"),
    path("tasks/<id:task_id>/comments/", notes.comment, name="task-comment"),
    path("tasks/<id:task_id>/step/<slug:noun>/", tasks.act_on_own_step, name="task-step"),
    path("workflows/<id:workflow_id>/differences/", differences.differences, name="differences"),
    path("workflows/<id:workflow_id>/steps/", steps.add, name="step-add"),
    path("workflows/<id:workflow_id>/steps/<str:key>/menu/", steps.menu, name="step-menu"),
    path("workflows/<id:workflow_id>/steps/<str:key>/edit/", steps.edit, name="step-edit"),
    path("workflows/<id:workflow_id>/steps/<str:key>/move/", steps.move, name="step-move"),
    path("workflows/<id:workflow_id>/steps/<str:key>/removal/", steps.remove, name="step-remove"),
    path("workflows/<id:workflow_id>/groups/", groups.add, name="group-add"),
    path("workflows/<id:workflow_id>/groups/<str:key>/menu/", groups.menu, name="group-menu"),
    path("workflows/<id:workflow_id>/groups/<str:key>/edit/", groups.edit, name="group-edit"),
    path("workflows/<id:workflow_id>/groups/<str:key>/move/", groups.move, name="group-move"),
    path("workflows/<id:workflow_id>/groups/<str:key>/removal/", groups.remove, name="group-remove"),
    path("workflows/<id:workflow_id>/edits/<id:seq>/undo/", groups.take_back, name="edit-undo"),
    path("workflows/<id:workflow_id>/steps/<str:key>/<slug:noun>/", workflows.act_on_step, name="step"),
    path("practice/", practice.matrix, name="practice"),
    path("practice/stages/", practice.stages, name="practice-stages"),
    path("practice/list/", practice.listing, name="practice-list"),
    path("practice/views/", saved.save, name="practice-views"),
    path("practice/views/<id:view_id>/removal/", saved.remove, name="practice-view-removal"),
    path("practice/bulk/", bulk.bulk, name="practice-bulk"),
    path("practice/bulk/<id:batch_id>/", bulk.result, name="practice-batch"),
    path("practice/bulk/<id:batch_id>/undo/", bulk.undo, name="practice-batch-undo"),
    path("rules-of-law/", laws.rules_of_law, name="rules-of-law"),
    path("templates/", templates.list_all, name="templates"),
    path("templates/new/", starting.new, name="template-new"),
    path("templates/suggestion/", suggesting.show, name="template-suggestion"),
    path("templates/drafts/", starting.create, name="template-create"),
    path("templates/files/", starting.take_file, name="template-import"),
    path("library/<slug:slug>/template/", starting.take, name="library-take"),
    path("workflows/<id:workflow_id>/template/", starting.from_job, name="template-from-workflow"),
    path("templates/<id:template_id>/", templates.show, name="template"),
    path("templates/<id:template_id>/draft/", editor.show, name="draft"),
    path("templates/<id:template_id>/draft/details/", editor.details, name="draft-details"),
    path("templates/<id:template_id>/draft/groups/", editor.add_group, name="draft-groups"),
    path("templates/<id:template_id>/draft/groups/<str:key>/", editor.group, name="draft-group"),
    path("templates/<id:template_id>/draft/groups/<str:key>/place/", editor.group_place, name="draft-group-place"),
    path("templates/<id:template_id>/draft/groups/<str:key>/removal/", editor.group_remove, name="draft-group-removal"),
    path("templates/<id:template_id>/draft/groups/<str:key>/steps/", editor.add_step, name="draft-steps"),
    path("templates/<id:template_id>/draft/steps/<str:key>/", editor.step, name="draft-step"),
    path("templates/<id:template_id>/draft/steps/<str:key>/place/", editor.place, name="draft-step-place"),
    path("templates/<id:template_id>/draft/steps/<str:key>/removal/", editor.remove, name="draft-step-removal"),
    path("templates/<id:template_id>/draft/restored/", versions.restore_draft, name="draft-restored"),
    path("templates/<id:template_id>/draft/discarded/", versions.discard, name="draft-discarded"),
    path("templates/<id:template_id>/publication/", versions.publish, name="template-publication"),
    path("templates/<id:template_id>/versions/", versions.compare_versions, name="template-versions"),
    path("templates/<id:template_id>/versions/<id:number>/draft/", versions.restore_version, name="template-restore"),
    path("templates/<id:template_id>/archive/", versions.archive, name="template-archive"),
    path("templates/<id:template_id>/copies/", versions.copy, name="template-copies"),
    path("templates/<id:template_id>/file/", versions.file, name="template-file"),
    path("templates/<id:template_id>/tasks/", templates.attach, name="template-attach"),
    path("services/", services.list_all, name="services"),
    path("services/new/", services.new, name="service-new"),
    path("services/ready/", services.take, name="service-take"),
    path("services/<id:service_id>/", services.show, name="service"),
    path("services/<id:service_id>/details/", services.details, name="service-details"),
    path("services/<id:service_id>/archive/", services.archive, name="service-archive"),
    path("services/<id:service_id>/clients/", service_starting.start, name="service-clients"),
    path("services/<id:service_id>/tasks/", service_tasks.add, name="service-tasks"),
    path("services/<id:service_id>/tasks/<id:task_id>/", service_tasks.edit, name="service-task"),
    path("services/<id:service_id>/tasks/<id:task_id>/removal/", service_tasks.remove, name="service-task-removal"),
    path("clients/", clients.list_all, name="clients"),
    path("clients/new/", clients.new, name="client-new"),
    path("clients/import/", transfer.bring_in, name="client-import"),
    path("clients/import/faults/", transfer.faults, name="client-import-faults"),
    path("clients/export/", transfer.take_out, name="client-export"),
    path("clients/<id:client_id>/", clients.show, name="client"),
    path("clients/<id:client_id>/edit/", clients.edit, name="client-edit"),
    path("clients/<id:client_id>/people/", client_people.looked_after, name="client-people"),
    path("clients/<id:client_id>/contacts/", client_people.add_contact, name="client-contacts"),
    path("clients/<id:client_id>/contacts/<id:contact_id>/", client_people.edit_contact, name="client-contact"),
    path(
        "clients/<id:client_id>/contacts/<id:contact_id>/removal/",
        client_people.remove_contact,
        name="client-contact-removal",
    ),
    path("clients/<id:client_id>/notes/", client_notes.say, name="client-note"),
    path("clients/<id:client_id>/facts/", client_facts.facts, name="client-facts"),
    path("clients/<id:client_id>/engagements/", engagements.start, name="client-engagements"),
    path("clients/<id:client_id>/engagements/<id:engagement_id>/pause/", engagements.pause, name="engagement-pause"),
    path(
        "clients/<id:client_id>/engagements/<id:engagement_id>/resumption/",
        engagements.resume,
        name="engagement-resumption",
    ),
    path("clients/<id:client_id>/engagements/<id:engagement_id>/end/", engagements.end, name="engagement-end"),
    path(
        "clients/<id:client_id>/engagements/<id:engagement_id>/differences/",
        overrides.differences,
        name="engagement-differences",
    ),
    path("clients/<id:client_id>/record/", client_people.record, name="client-record"),
    path("proposals/", proposals.list_all, name="proposals"),
    path("proposals/new/", proposals.new, name="proposal-new"),
    path("proposals/<id:proposal_id>/", proposals.show, name="proposal"),
    path("proposals/<id:proposal_id>/preview/", proposals.preview, name="proposal-preview"),
    path("proposals/<id:proposal_id>/draft/", builder.save, name="proposal-draft"),
    path("proposals/<id:proposal_id>/sending/", builder.send, name="proposal-sending"),
    path("proposals/<id:proposal_id>/withdrawal/", proposals.withdraw, name="proposal-withdrawal"),
    path("proposals/<id:proposal_id>/revision/", proposals.revise, name="proposal-revision"),
    path("proposals/<id:proposal_id>/acceptance/", proposals.record, name="proposal-acceptance"),
    path("proposals/<id:proposal_id>/retry/", proposals.retry, name="proposal-retry"),
    path("proposals/<id:proposal_id>/copy/", proposals.copy, name="proposal-copy"),
    path("p/<str:token>/", by_link.show, name="offer"),
    path("p/<str:token>/acceptance/", by_link.accept, name="offer-acceptance"),
    path("p/<str:token>/refusal/", by_link.decline, name="offer-refusal"),
    path("p/<str:token>/copy/", by_link.copy, name="offer-copy"),
    path("people/", people.list_all, name="people"),
    path("people/new/", people.new, name="person-new"),
    path("people/<id:member_id>/", people.show, name="person"),
    path("people/<id:member_id>/hand-over/", handing_over.hand_over, name="person-hand-over"),
    path("people/<id:member_id>/sign-in-address/", people.invite, name="person-sign-in-address"),
    path("people/<id:member_id>/return/", people.come_back, name="person-return"),
    path("settings/", settings.practice, name="settings"),
    path("settings/password/", password.password, name="password"),
    path("settings/password/later/", password.later, name="password-later"),
    path("settings/keys/", keys.keys, name="settings-keys"),
    path("settings/jobs/", jobs.jobs, name="settings-jobs"),
    path("settings/jobs/<str:job_id>/retry/", jobs.retry, name="job-retry"),
    path("settings/tokens/", settings.tokens, name="tokens"),
    path("settings/tokens/<id:token_id>/revocation/", settings.revoke, name="token-revocation"),
    path("sign-in/", sign_in.by_password, name="account_login"),
    path("favicon.ico", icon.favicon, name="favicon"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("sign-in/link/<str:token>/", sign_in.link, name="sign-in-link"),
]
