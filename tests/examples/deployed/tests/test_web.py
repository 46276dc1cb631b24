"""The application, as its users ask it."""

from fastapi.testclient import TestClient
from greeter.web import app


def test_health_check_is_answered() -> None:
    """Whoever probes it is told so."""
    assert TestClient(app).get("/health").status_code == 200


def test_greets() -> None:
    """Ada is greeted."""
    assert TestClient(app).get("/greetings/Ada").json() == {"greeting": "Hello, Ada!"}
