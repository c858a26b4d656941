from gunicorn.glogging import Logger

from .logs import JsonFormatter


class ServerLogger(Logger):
    """Gunicorn's own lines as JSON, without a visitor's address or request line."""

    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())

    def warning(self, msg: str, *args, **kwargs) -> None:
        if msg.startswith("Invalid request"):
            msg, args = "a request that is not HTTP was refused", ()
        super().warning(msg, *args, **kwargs)
