"""The greeting, over HTTP."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
def health() -> dict[str, str]:
    """Say that the program works."""
    return {"status": "ok"}


@app.get("/greetings/{name}")
def greeting(name: str) -> dict[str, str]:
    """Greet."""
    return {"greeting": f"Hello, {name}!"}
