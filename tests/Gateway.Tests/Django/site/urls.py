from django.contrib import admin
from django.urls import include, path

import views

urlpatterns = [
    path("", views.front),
    path("news/", views.front),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
]
