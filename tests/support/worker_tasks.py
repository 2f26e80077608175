"""What the worker is asked to do in tests: each goes too far in a way of its own."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from handoutkit.errors import MachineError, Problem


def answer(value: object) -> object:
    return value


def noisy() -> int:
    print("a library says something")  # noqa: T201
    os.write(1, b"and so does one that is not written in Python")
    return len(sys.stdin.read() if not sys.stdin.closed else "")


def where() -> str:
    return os.getcwd()  # noqa: PTH109


def number() -> int:
    return os.getpid()


def spin() -> None:
    while True:
        pass


def spin_in_c() -> None:
    """No handler written in Python would run in here."""
    re.match(r"(a|a)*b", "a" * 60)


def spin_and_ignore() -> None:
    """What the system sends to a process whose time is up."""
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    spin()


def environment() -> list[str]:
    return list(os.environ)


def send_instead(reply: bytes) -> None:
    """Send this in place of a reply, as a worker that was taken over can."""
    for number in range(3, 64):
        with suppress(OSError):
            if stat.S_ISFIFO(os.fstat(number).st_mode):
                os.write(number, len(reply).to_bytes(8, "big"))
                while reply:
                    reply = reply[os.write(number, reply) :]
    time.sleep(600)


def give_what_is_deep() -> object:
    value: list[object] = []
    for _ in range(100):
        value = [value]
    return value


def sleep() -> None:
    time.sleep(600)


def eat() -> int:
    return len([bytes(50_000_000) for _ in range(1_000)])


def eat_and_hide() -> int:
    """As a careless library does."""
    try:
        return eat()
    except MemoryError:
        os.abort()


def open_many() -> int:
    return len([open(os.devnull) for _ in range(10_000)])  # noqa: PTH123


def write_much() -> None:
    with tempfile.TemporaryFile() as file:
        for _ in range(200):
            file.write(bytes(1_000_000))


def give_much() -> bytes:
    return bytes(30_000_000)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(0)


def be_wrong() -> float:
    return 1 / 0


def lack() -> None:
    raise MachineError([Problem("no-pango", "Pango is missing", "type: apt"), Problem("b", "and more")])


def give_what_is_not_ours() -> object:
    return re.compile("x")


def burn() -> None:
    until = time.process_time() + 0.6
    while time.process_time() < until:
        pass


_KEPT: list[bytes] = []


def keep(size: int) -> int:
    _KEPT.append(bytes(size))
    return len(_KEPT[-1])


def try_to_run_a_program() -> bool:
    return _refused(lambda: subprocess.run([sys.executable, "-c", ""], check=True))


def try_to_become_a_program() -> bool:
    """One that is not there, for a worker that may become another is none any more."""
    return _refused(lambda: os.execv("/no/such/program", ["program"]))  # noqa: S606


def try_to_fork() -> bool:
    return _refused(lambda: os.fork() or os._exit(0))


def try_to_end_the_parent() -> bool:
    return _refused(lambda: os.kill(os.getppid(), 0))


def try_to_limit_the_parent() -> bool:
    """A limit of no processor time ends whoever has it."""
    import resource

    limit = getattr(resource, "prlimit", None)  # Linux has it
    return _refused(lambda: limit and limit(os.getppid(), resource.RLIMIT_CPU))


def try_to_lift_its_limits() -> bool:
    """Soft limits may be lifted to hard ones by everyone, and by root further."""
    import resource

    def lift(kind: int) -> None:
        most = resource.getrlimit(kind)[1]
        try:
            resource.setrlimit(kind, (most, most))
        except ValueError as error:  # as Python says that it is not permitted
            raise PermissionError from error

    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE)
    return all(_refused(partial(lift, kind)) for kind in kinds)


def try_to_slow_the_parent() -> bool:
    return _refused(lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 0))


def try_to_have_the_parent_sent_a_signal() -> bool:
    """By the system, when something comes through a pipe."""
    reads, writes = os.pipe()
    try:
        return _refused(lambda: fcntl.fcntl(reads, fcntl.F_SETOWN, os.getppid()))
    finally:
        os.close(reads)
        os.close(writes)


def try_to_type_into_the_terminal() -> bool:
    """With a descriptor that is no terminal; what is refused is so before that is looked at."""
    return _refused(lambda: fcntl.ioctl(0, 0x5412, b"x"))


def try_to_share_memory() -> bool:
    """With other programs, through the oldest way there is (shmget, of a segment that goes when nobody has it)."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)

    def attempt() -> None:
        if libc.shmget(0, 4096, 0o1600) < 0:
            raise OSError(ctypes.get_errno(), "shmget")

    return _refused(attempt)


def try_to_watch(path: str) -> bool:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)

    def attempt() -> None:
        if libc.inotify_add_watch(libc.inotify_init(), path.encode(), 2) < 0:
            raise OSError(ctypes.get_errno(), "inotify_add_watch")

    return _refused(attempt)


def try_to_be_told_who_opens(path: str) -> bool:
    return _refused(partial(_asked_of, path, fcntl.F_NOTIFY, fcntl.DN_ACCESS))


def try_to_keep_others_from(path: str) -> bool:
    return _refused(partial(_asked_of, path, fcntl.F_SETLEASE, fcntl.F_RDLCK))


def _asked_of(path: str, what: int, value: int) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        fcntl.fcntl(number, what, value)
    finally:
        os.close(number)


def try_to_change_attributes(path: str) -> bool:
    """As FS_IOC_SETFLAGS does through a file that is open to be read; here, to what they are."""
    number = os.open(path, os.O_RDONLY)
    try:
        return _refused(lambda: fcntl.ioctl(number, 0x40086602, bytes(8)))
    finally:
        os.close(number)


def try_to_set_the_clock() -> bool:
    """By nothing: adjtimex without modes only tells."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)

    def attempt() -> None:
        if libc.adjtimex(ctypes.create_string_buffer(512)) < 0:
            raise OSError(ctypes.get_errno(), "adjtimex")

    return _refused(attempt)


class _Runs:
    def __init__(self, path: str) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[str, ...]]:
        return os.mkdir, (self._path,)


def take_over(path: str) -> object:
    """What runs where it is received."""
    return _Runs(path)


def unpack_elsewhere(path: str) -> None:
    """From now on, whatever theme is asked for."""
    from handoutkit.scaffold import packed_theme

    vars(packed_theme)["unpacked_theme"] = lambda *_: (("ours/theme.yaml", b"title: Ours"), (path, b"harm"))


def read_pictures_of_other_names(name: str) -> None:
    """From now on, of each file that is imported."""
    from handoutkit.importing.plain_document import PicturePiece, PlainDocument
    from handoutkit.importing.readers import read_source_task

    document = PlainDocument((PicturePiece(name, "A picture"),), pictures={name: b"harm"})
    vars(read_source_task)["read_source"] = lambda _: document.packed()


def make_other_copies(ending: str) -> None:
    """From now on, of each handout."""
    from handoutkit.export import run_exporters
    from handoutkit.export.output_formats import OutputFile

    run_exporters.export_here = lambda *_: [(OutputFile(ending, b"harm"),)]


def give_the_first_packet_again() -> None:
    """From now on, to each client."""
    from handoutkit.packets.personalise import make_client_packet as module

    real, first = module.make_client_packet, []

    def make(*args: object, **more: object) -> bytes:
        first.append(real(*args, **more))  # type: ignore[arg-type]
        return first[0]

    module.make_client_packet = make


def terminals() -> list[int]:
    """The descriptors that are open and lead to a terminal."""
    return [number for number in range(100) if os.isatty(number)]


def try_to_reach_the_network() -> bool:
    return _refused(lambda: socket.create_connection(("127.0.0.1", 9), 1))


def try_to_reach_another_program() -> bool:
    return _refused(lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))


def try_to_read(path: str) -> bool:
    return _refused(Path(path).read_bytes)


def try_to_list(path: str) -> bool:
    return _refused(lambda: list(Path(path).iterdir()))


def try_to_write(path: str) -> bool:
    return _refused(lambda: Path(path).write_bytes(b"x"))


def try_to_cut(path: str) -> bool:
    return _refused(lambda: os.truncate(path, 0))


def try_to_remove(path: str) -> bool:
    return _refused(Path(path).unlink)


def try_to_link(path: str) -> bool:
    return _refused(lambda: Path(tempfile.mkdtemp(), "link").hardlink_to(path))


def try_to_open_up(path: str) -> bool:
    return _refused(lambda: Path(path).chmod(0o666))


def _refused(attempt: Callable[[], object]) -> bool:
    """Whether the system refused it, and nothing else was in the way."""
    try:
        attempt()
    except PermissionError:
        return True
    except (ConnectionRefusedError, FileNotFoundError):  # it got as far as that
        return False
    except OSError as error:
        if error.errno == errno.EXDEV:  # how Landlock refuses a second name in another folder
            return True
        raise
    return False


def work_as_ever() -> str:
    """What a library does without asking: a temporary file, a thread, a module that is read late."""
    import colorsys

    said = [colorsys.__name__]
    with tempfile.NamedTemporaryFile(mode="w+") as file:
        file.write("kept")
        file.seek(0)
        thread = threading.Thread(target=lambda: said.append(file.read()))
        thread.start()
        thread.join()
    return " ".join(said)
