"""Addresses of the unit register."""

from __future__ import annotations

from django.urls import path

from anju.domains.property.views import boards, projects, surveys

urlpatterns = [
    path("property/", projects.all_projects, name="property-projects"),
    path("property/new/", projects.new_project, name="property-project-new"),
    path("property/projects/<int:number>/", projects.one_project, name="property-project"),
    path("property/projects/<int:number>/survey/", surveys.take_survey, name="property-survey"),
    path("property/buildings/<int:number>/", boards.board, name="property-board"),
    path("property/units/<int:number>/", boards.unit, name="property-unit"),
    path("property/units/<int:number>/restrict/", boards.restrict, name="property-restrict"),
    path("property/units/<int:number>/lift/", boards.lift, name="property-lift"),
    path("property/units/<int:number>/withhold/", boards.withhold, name="property-withhold"),
    path("open/property/", boards.public_projects, name="open-property"),
    path("open/property/<int:number>/", boards.public_project, name="open-property-project"),
    path("open/property/buildings/<int:number>/", boards.public_board, name="open-property-board"),
]
