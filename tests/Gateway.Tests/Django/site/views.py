import uuid

from django.shortcuts import render

YEAR = 365 * 24 * 3600


def front(request):
    return render(request, "front.html")


def count_visit(get_response):
    """Middleware that sets two statistics cookies on every page without consent. The front page sets a third one by script."""

    def answer(request):
        response = get_response(request)
        response.set_cookie("visits_stats", request.COOKIES.get("visits_stats", uuid.uuid4().hex), max_age=YEAR, secure=request.is_secure())
        response.set_cookie("visits_stats_id", "7", max_age=YEAR, httponly=True, secure=request.is_secure())
        return response

    return answer
