import socket
from collections.abc import Callable
from email import message_from_bytes

from aiosmtpd.controller import Controller


class Mailbox:
    """An SMTP server that remembers what it accepted."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.messages = []
        self.begun = 0
        self.before_accepting: Callable[[], None] = lambda: None
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope) -> str:
        self.begun += 1
        message = message_from_bytes(envelope.content)
        await server.loop.run_in_executor(None, self.before_accepting)
        self.messages.append(message)
        return "250 taken"

    @property
    def subjects(self) -> list[str]:
        return [message["Subject"] for message in self.messages]
