"""The whole database as it lies on the disk, past every model."""

from django.db import connection


def every_row() -> dict[str, list[str]]:
    """Each row of each table, with bytes readable where they are text."""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            tables[table] = sorted(
                "|".join(map(readable, row)) for row in cursor.fetchall()
            )
    return tables


def readable(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("latin-1")
    return str(value)
