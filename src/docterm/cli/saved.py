"""What `docterm search` does with saved searches: it saves one, lists all, says what is new for one, forgets one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docterm.cli import output
from docterm.cli.context import Options, library_root, opened, searching
from docterm.errors import RequestError
from docterm.text import counted, label

if TYPE_CHECKING:
    from docterm.library.library import Library
    from docterm.search.results import Hit, Results
    from docterm.search.saved import SavedSearch, SavedSearches
    from docterm.search.service import SearchService

LONGEST_NAME = 100


def searches_of(library: Library) -> SavedSearches:
    """Give the saved searches of a library."""
    from docterm.config.paths import state_folder
    from docterm.search.saved import SavedSearches

    return SavedSearches(state_folder(), library.root)


def found(service: SearchService, query: str) -> Results:
    """Answer a query with as many passages as a saved search remembers."""
    from docterm.search.saved import MOST_SEEN

    return service.search(query, limit=MOST_SEEN)


def named(library: Library, name: str) -> SavedSearch:
    """Give a saved search by its name. Raises RequestError where there is none."""
    searches = searches_of(library)
    saved = searches.find(name)
    if saved is None:
        raise RequestError(f"No search is saved as “{label(name, 60)}”.", _names(searches))
    return saved


def _names(searches: SavedSearches) -> str:
    names = ", ".join(label(each.name, 60) for each in searches.all())
    return f"Saved are: {names}." if names else "Save one with `docterm search QUERY --save NAME`."


def save(library: Library, name: str, query: str, hits: Sequence[Hit]) -> str:
    """Keep a search with `hits` as seen, and give a sentence that says so."""
    name = label(name.strip(), LONGEST_NAME)
    if not name:
        raise RequestError("A saved search needs a name.", "Give one behind --save.")
    searches = searches_of(library)
    before = next((each.query for each in searches.all() if each.name == name), query)
    searches.save(name, query, hits)
    instead = "" if before == query else f", in place of {label(before, 80)}"
    return f"Saved as “{name}”{instead}: `docterm search --saved {_quoted(name)}` shows what is new."


def _quoted(name: str) -> str:
    import shlex

    return shlex.quote(name)


def news(saved: SavedSearch, new: Sequence[Hit], total: int) -> str:
    """Say what is new among the answers of a saved search."""
    if not new:
        return f"Nothing new since {saved.looked}; {counted(total, 'passage')} in all."
    return f"{counted(len(new), 'new passage')} since {saved.looked}; {total:,} in all."


def list_all(options: Options, form: str | None) -> int:
    """List the saved searches, each with how many passages are new; what was seen before stays so."""
    with opened(library_root(options)) as library, searching(library) as service:
        every = [(each, found(service, each.query)) for each in searches_of(library).all()]
        notes = [*library.notes, *service.notes]
    rows: list[dict[str, Any]] = [
        {
            "name": each.name,
            "query": each.query,
            "looked": each.looked,
            "new": len(each.new(results.hits)),
            "passages": results.passages,
        }
        for each, results in every
    ]
    if form == "json":
        output.emit({"schema": "docterm.searches/1", "notes": notes, "searches": rows})
        return 0 if rows else 1
    output.notes(notes)
    if form == "jsonl":
        output.emit_lines(rows)
    elif rows:
        names = ("name", "new", "passages", "last looked at", "query")
        columns = ("name", "new", "passages", "looked", "query")
        output.table(names, [[str(row[each]) for each in columns] for row in rows], stretch=4, numbers=(1, 2))
    if not rows:
        output.note("No search is saved. Save one with `docterm search QUERY --save NAME`.")
    return 0 if rows else 1


def forget(options: Options, name: str) -> int:
    """Remove a saved search."""
    from docterm.library.library import Library

    library = Library(library_root(options))
    try:
        searches = searches_of(library)
        if not searches.forget(name):
            raise RequestError(f"No search is saved as “{label(name, 60)}”.", _names(searches))
    finally:
        library.close()
    output.note(f"Forgot “{label(name, 60)}”.")
    return 0
