"""Which calls of the system this process may make, held by Linux itself (seccomp); what is taken away stays so.

The one package for this, pyseccomp, was last kept in 2021 and needs a library of the system. A filter is a handful of
numbers. See https://docs.kernel.org/userspace-api/seccomp_filter.html.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

# Numbers on x86_64 and on ARM; None, where it is not there.
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    # other programs, and other processes
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    # the network, and other programs' sockets
    "socket": (41, 198),
    "socketpair": (53, 199),
    "io_uring_setup": (425, 425),
    # memory and messages shared with other programs, which have no file; their priorities and processors
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "semtimedop": (220, 192),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    # who opens which file
    "inotify_add_watch": (254, 27),
    "fanotify_init": (300, 262),
    # what Landlock does not see: rights, owners, times and attributes of files
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "fsopen": (430, 430),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    # parts of the kernel that a page never needs
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    # what only root may do, where all of it runs as root
    "chroot": (161, 51),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "iopl": (172, None),
    "ioperm": (173, None),
    "acct": (163, 89),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "quotactl": (179, 60),
    "vhangup": (153, 58),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "syslog": (103, 116),
    "reboot": (169, 142),
}
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_CLONE, _CLONE3, _KILL, _TGKILL = (56, 220), (435, 435), (62, 129), (234, 131)
_SETRLIMIT, _PRLIMIT, _FCNTL, _IOCTL = (160, 164), (302, 261), (72, 25), (16, 29)
_WATCHING = (8, 15, 1024, 1026)
"""Of a pipe, who is sent a signal, of any kind, when something comes (F_SETOWN, F_SETOWN_EX); of a file, that others
wait until they may open it (F_SETLEASE), and that we are told when someone does (F_NOTIFY)."""
_ASKED_OF_FILES = (0x5401, 0x5413, 0x5421, 0x541B, 0x5450, 0x5451)
"""What Python asks of an open file: whether it is a terminal and how wide (TCGETS, TIOCGWINSZ), to wait or not, what
has come, to close it for other programs or not (FIONBIO, FIONREAD, FIONCLEX, FIOCLEX). Others type into terminals, or
change the attributes of files that may only be read."""
_X32 = 0x40000000
_CLONE_THREAD = 0x00010000
_LOAD, _IS, _AT_LEAST, _HAS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_NUMBER, _ARCH, _FIRST, _SECOND, _THIRD = 0, 4, 16, 24, 32  # where they stand in what a filter is given
_SET_SECCOMP, _FILTER = 22, 2
_PERMISSION, _NO_CALL = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def refuse_calls(libc: ctypes.CDLL, *, own_limits: bool) -> bool:
    """Start no process, use no network, set no limits, change no file's rights any more; whether the system holds us.

    Threads may be started. ``prctl`` must have said that it wants no new rights.
    """
    machine = os.uname().machine
    if machine not in _MACHINES or struct.calcsize("P") != 8:
        return False
    steps = _filter(*_MACHINES[machine], own_limits=own_limits)
    program = _Program(len(steps), b"".join(steps))
    return bool(libc.prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program), *[ctypes.c_ulong(0)] * 2) == 0)


def _filter(machine: int, arch: int, *, own_limits: bool) -> list[bytes]:
    steps = [
        _step(_LOAD, _ARCH),
        _step(_IS, arch, 1, 0),
        _step(_RETURN, _PERMISSION),  # calls of another kind of processor have other numbers
        _step(_LOAD, _NUMBER),
        _step(_AT_LEAST, _X32, 0, 1),
        _step(_RETURN, _PERMISSION),
        # glibc starts threads with clone3, whose flags a filter cannot see; without it, it takes clone.
        *_when(_CLONE3[machine], _step(_RETURN, _NO_CALL)),
        *_when(_CLONE[machine], *_first(_step(_HAS, _CLONE_THREAD, 0, 1))),
        *_when(_KILL[machine], *_first(_step(_IS, os.getpid(), 0, 1))),
        *_when(_TGKILL[machine], *_first(_step(_IS, os.getpid(), 0, 1))),
        *_when(_PRLIMIT[machine], *_own_limits(may_set=own_limits)),
        *_when(_FCNTL[machine], *_second(_WATCHING, _PERMISSION, _ALLOW)),
        *_when(_IOCTL[machine], *_second(_ASKED_OF_FILES, _ALLOW, _PERMISSION)),
    ]
    if not own_limits:
        steps += _when(_SETRLIMIT[machine], _step(_RETURN, _PERMISSION))
    for numbers in _REFUSED.values():
        number = numbers[machine]
        if number is not None:
            steps += _when(number, _step(_RETURN, _PERMISSION))
    return [*steps, _step(_RETURN, _ALLOW)]


def _when(number: int, *then: bytes) -> list[bytes]:
    return [_step(_IS, number, 0, len(then)), *then]


def _first(test: bytes) -> list[bytes]:
    """Allowed if its first argument passes the test."""
    return [_step(_LOAD, _FIRST), test, _step(_RETURN, _ALLOW), _step(_RETURN, _PERMISSION)]


def _own_limits(*, may_set: bool) -> list[bytes]:
    """Refused if its first argument is another process, or, mostly, if its third leads to limits to be set."""
    if may_set:
        return _first(_step(_IS, 0, 0, 1))
    return [
        *(_step(_LOAD, _FIRST), _step(_IS, 0, 0, 5)),
        *(_step(_LOAD, _THIRD), _step(_IS, 0, 0, 3)),  # of 64 bits, as two halves
        *(_step(_LOAD, _THIRD + 4), _step(_IS, 0, 0, 1)),
        _step(_RETURN, _ALLOW),
        _step(_RETURN, _PERMISSION),
    ]


def _second(values: tuple[int, ...], if_so: int, if_not: int) -> list[bytes]:
    """What to do if its second argument is one of these, and if it is none."""
    tests = [_step(_IS, value, len(values) - n, 0) for n, value in enumerate(values)]
    return [_step(_LOAD, _SECOND), *tests, _step(_RETURN, if_not), _step(_RETURN, if_so)]


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_so, if_not, value)
