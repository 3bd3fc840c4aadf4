"""The addresses of the pages. Actions are nouns, and are posted."""

from django.urls import path

from natrium.web import converters as converters  # noqa: PLC0414 - its import makes "id" known
from natrium.web.people import handing_over
from natrium.web.people import views as people
from natrium.web.settings import views as settings
from natrium.web.sign_in import views as sign_in
from natrium.web.tasks import new, notes, side
from natrium.web.tasks import views as tasks
from natrium.web.template_pages import views as templates
from natrium.web.work import views as work
from natrium.web.workflows import views as workflows

urlpatterns = [
    path("", work.home, name="home"),
    path("my-work/", work.my_work, name="my-work"),
    path("tasks/", new.create, name="task-create"),
    path("tasks/new/", new.new, name="task-new"),
    path("tasks/<id:task_id>/", tasks.show, name="task"),
    path("tasks/<id:task_id>/activity/", notes.activity, name="task-activity"),
    path("tasks/<id:task_id>/changes/", tasks.changes, name="task-changes"),
    path("tasks/<id:task_id>/side/", side.side, name="task-side"),
    path("tasks/<id:task_id>/workflows/", tasks.attach, name="task-attach"),
    path("tasks/<id:task_id>/hold/", tasks.hold, name="task-hold"),
    path("tasks/<id:task_id>/comments/", notes.comment, name="task-comment"),
    path("tasks/<id:task_id>/step/<slug:noun>/", tasks.act_on_own_step, name="task-step"),
    path("workflows/<id:workflow_id>/steps/<str:key>/<slug:noun>/", workflows.act_on_step, name="step"),
    path("templates/", templates.list_all, name="templates"),
    path("templates/<id:template_id>/", templates.show, name="template"),
    path("templates/<id:template_id>/tasks/", templates.attach, name="template-attach"),
    path("people/", people.list_all, name="people"),
    path("people/new/", people.new, name="person-new"),
    path("people/<id:member_id>/", people.show, name="person"),
    path("people/<id:member_id>/hand-over/", handing_over.hand_over, name="person-hand-over"),
    path("people/<id:member_id>/sign-in-address/", people.invite, name="person-sign-in-address"),
    path("people/<id:member_id>/return/", people.come_back, name="person-return"),
    path("settings/", settings.practice, name="settings"),
    path("settings/tokens/", settings.tokens, name="tokens"),
    path("settings/tokens/<id:token_id>/revocation/", settings.revoke, name="token-revocation"),
    path("sign-in/", sign_in.by_password, name="account_login"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("sign-in/link/<str:token>/", sign_in.link, name="sign-in-link"),
]
