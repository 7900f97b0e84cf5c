"""Real servers for tests and benchmarks: PostgreSQL from Debian, OpenSearch from Maven Central.

``python -m tests.cluster.servers`` (``make servers``) fetches OpenSearch, each version that a Java
is there for. Servers listen on
loopback or on a socket in a folder of their own, never run as root, and end with their test.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.waiting import pause, wait_until

OPENSEARCH = "2.19.6"
NEWER = "3.6.0"
_CHECKSUMS = {
    OPENSEARCH: "71d6d8b1c637f3faecda0752b184b1cc526fc6eaad59ec1408c6327bb00b9293",
    NEWER: "a91faa1dc1cadc78cb278b4f63847e19e1627a4e9de698e14e7efc14ee37b286",
}
_JAVA = {OPENSEARCH: range(11, 24), NEWER: range(21, 100)}
"""The versions of Java that each runs on: 2.x needs the security manager, which Java 24 lost."""
_ARTIFACT = "org.opensearch.distribution.integ-test-zip:opensearch"
FETCHED = Path(
    os.environ.get("IMRSEARCH_SERVERS", Path(tempfile.gettempdir()) / "imrsearch-servers")
)
"""Where what was fetched is kept. Not in the project: its servers may not be allowed to read it."""

_NOBODY = 65534
_MEMORY = Path("/dev/shm")


def _account() -> dict[str, object]:
    """How a server is started: as ``nobody`` by root, else as whoever runs the tests."""
    if os.geteuid() != 0:
        return {}
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that belongs to the servers' account, in memory where possible."""
    place = Path(tempfile.mkdtemp(prefix="imr-", dir=_MEMORY if _MEMORY.is_dir() else None))
    give(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def give(path: Path) -> None:
    """Let the path belong to the servers' account."""
    if os.geteuid() == 0:
        os.chown(path, _NOBODY, _NOBODY)


@dataclass
class Server:
    """A process of a server; ``start`` may be called again after ``kill`` or ``stop``."""

    command: Sequence[str | Path]
    place: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; what it prints goes to ``place/log``."""
        with (self.place / "log").open("ab") as log:
            self.process = subprocess.Popen(  # type: ignore[call-overload]
                list(map(str, self.command)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.place,
                env={"PATH": os.environ["PATH"], **self.environment},
                **_account(),
            )

    def kill(self, how: int = signal.SIGKILL) -> None:
        """Send a signal and, unless it only pauses or wakes the process, wait for its end."""
        if self.process is not None:
            self.process.send_signal(how)
            if how not in (signal.SIGSTOP, signal.SIGCONT):
                self.process.wait()

    def require_alive(self) -> None:
        """Raises RuntimeError, with the end of the log, if the process has ended."""
        if self.process is None or self.process.poll() is not None:
            raise RuntimeError((self.place / "log").read_text(errors="replace")[-3000:])


# -------------------------------------------------------------------------------- PostgreSQL


def postgresql_binaries() -> Path | None:
    """The folder of initdb and postgres; ``None`` where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else debian[-1].parent if debian else None


@dataclass
class PostgreSQL:
    """A running database server, reached by a socket in its folder."""

    server: Server
    socket_folder: Path

    def address(self, database: str = "postgres") -> str:
        """The address of one of its databases, for the setting ``collection``."""
        return f"postgresql+psycopg://imrsearch@/{database}?host={self.socket_folder}"

    def wait(self) -> None:
        """Wait until it answers."""
        import psycopg

        def answers() -> bool:
            self.server.require_alive()
            with suppress(psycopg.OperationalError):
                psycopg.connect(self._plain()).close()
                return True
            return False

        wait_until(answers)

    def run(self, statement: str) -> None:
        """Run a statement outside of the tests' own database."""
        import psycopg

        with psycopg.connect(self._plain(), autocommit=True) as connection:
            connection.execute(statement)

    def sessions(self, database: str) -> int:
        """How many connections to one of its databases are open."""
        import psycopg

        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        with psycopg.connect(self._plain()) as connection:
            [(found,)] = connection.execute(query, [database]).fetchall()
        return int(found)

    def _plain(self) -> str:
        return f"host={self.socket_folder} user=imrsearch dbname=postgres"


@contextmanager
def run_postgresql() -> Iterator[PostgreSQL]:
    """A new PostgreSQL with an empty database; its data is gone at the end."""
    binaries = postgresql_binaries()
    assert binaries, "PostgreSQL is not installed"
    with own_folder() as place:
        command = [binaries / "initdb", "-D", place / "data", "-U", "imrsearch", "-A", "trust"]
        subprocess.run(
            list(map(str, [*command, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])),
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=place,
            **_account(),  # type: ignore[call-overload]
        )
        options = ["listen_addresses=", f"unix_socket_directories={place}", "fsync=off"]
        given = [part for option in options for part in ("-c", option)]
        server = Server([binaries / "postgres", "-D", place / "data", *given], place)
        server.start()
        try:
            started = PostgreSQL(server, place)
            started.wait()
            yield started
        finally:
            server.kill(signal.SIGINT)  # PostgreSQL's fast shutdown


# -------------------------------------------------------------------------------- OpenSearch


@cache
def java_for(version: str) -> str | None:
    """A Java that this version of OpenSearch runs on: the usual one, or another of Debian's."""
    usual = shutil.which("java")
    others = map(str, sorted(Path("/usr/lib/jvm").glob("*/bin/java")))
    found = [java for java in (usual, *others) if java]
    return next((java for java in found if _java_version(java) in _JAVA[version]), None)


def _java_version(java: str) -> int:
    """17 for ``openjdk version "17.0.15" 2025-04-15``."""
    told = subprocess.run([java, "-version"], capture_output=True, check=True, text=True).stderr
    return int(told.split('"')[1].partition(".")[0])


def opensearch_home(version: str = OPENSEARCH) -> Path | None:
    """The unpacked distribution; ``None`` where it was not fetched or its Java is missing."""
    home = FETCHED / f"opensearch-{version}"
    return home if home.is_dir() and java_for(version) else None


def fetch_opensearch(version: str) -> Path:
    """Fetch the pinned distribution with Maven, check its hash and unpack it, unless it is there.

    Raises ValueError for another hash than the one noted here.
    """
    home = FETCHED / f"opensearch-{version}"
    if home.is_dir():
        return home
    FETCHED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FETCHED) as scratch:
        goal = ["dependency:copy", f"-Dartifact={_ARTIFACT}:{version}:zip"]
        subprocess.run(["mvn", "-B", "-q", *goal, f"-DoutputDirectory={scratch}"], check=True)
        packed = Path(scratch) / f"opensearch-{version}.zip"
        found = hashlib.sha256(packed.read_bytes()).hexdigest()
        if found != _CHECKSUMS[version]:
            raise ValueError(f"opensearch-{version}.zip is not the one noted: sha256 {found}")
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(scratch)
        FETCHED.chmod(0o755)
        (Path(scratch) / home.name).rename(home)
    return home


@dataclass
class Cluster:
    """Running OpenSearch nodes; ``nodes`` are processes, ``urls`` their addresses in this order."""

    nodes: list[Server]
    urls: list[str]

    def wait(self) -> None:
        """Wait until all nodes have formed a cluster and hold every shard and replica."""
        path = f"/_cluster/health?wait_for_nodes={len(self.nodes)}&wait_for_status=green&timeout=1s"
        wait_until(lambda: b'"timed_out":false' in self._ask(path))

    def manager(self) -> int:
        """The number of the node that the others have elected."""
        names: list[bytes] = []

        def is_elected() -> bool:
            names[:] = self._ask("/_cat/cluster_manager?h=node").split()
            return bool(names)

        wait_until(is_elected)
        return int(names[0].removeprefix(b"node"))

    def _ask(self, path: str) -> bytes:
        """What the first node that answers says."""
        for url in self.urls:
            with suppress(URLError, OSError), urlopen(url + path, timeout=3) as answer:
                return bytes(answer.read())
        return b""


@contextmanager
def run_opensearch(
    nodes: int = 1, heap: str = "512m", version: str = OPENSEARCH, *, quick_start: bool = True
) -> Iterator[Cluster]:
    """A new cluster of so many processes on ports of loopback that are free.

    ``quick_start``: ready in half the time, but slower in the long run than in real use.
    """
    home = opensearch_home(version)
    assert home, "run 'make servers' first"
    with ExitStack() as stack:
        places = [stack.enter_context(own_folder()) for _ in range(nodes)]
        http, transport = _free_ports(nodes), _free_ports(nodes)
        servers = []
        for number, place in enumerate(places):
            settings = _node_settings(number, place, http, transport)
            servers.append(
                Server(_java(version, home, place, heap, quick_start=quick_start), place)
            )
            _configure(home, place, settings)
            servers[-1].start()
            stack.callback(servers[-1].kill)
        cluster = Cluster(servers, [f"http://127.0.0.1:{port}" for port in http])
        wait_until(lambda: _listening(servers, http))
        cluster.wait()
        yield cluster


def _listening(servers: Sequence[Server], ports: Sequence[int]) -> bool:
    for server in servers:
        server.require_alive()
    pause(0.1)
    for port in ports:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
    return True


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _node_settings(
    number: int, place: Path, http: Sequence[int], transport: Sequence[int]
) -> dict[str, str]:
    names = ", ".join(f"node{one}" for one in range(len(http)))
    together = {
        "discovery.seed_hosts": f"[{', '.join(f'127.0.0.1:{port}' for port in transport)}]",
        "cluster.initial_cluster_manager_nodes": f"[{names}]",
        # A hung node is noticed in seconds (docs/cluster.md).
        "cluster.fault_detection.follower_check.timeout": "2s",
        "cluster.fault_detection.leader_check.timeout": "2s",
        "cluster.publish.timeout": "2s",
        "cluster.follower_lag.timeout": "3s",
        "search.default_keep_alive": "10s",
        "search.keep_alive_interval": "5s",
    }
    return {
        "cluster.name": "imrsearch-tests",
        "node.name": f"node{number}",
        "network.host": "127.0.0.1",
        "http.port": str(http[number]),
        "transport.port": str(transport[number]),
        "path.data": str(place / "data"),
        "path.logs": str(place / "logs"),
        "path.repo": str(place / "snapshots"),
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "cluster.max_shards_per_node": "10000",
        "bootstrap.system_call_filter": "false",
        "action.auto_create_index": '"-imrsearch*,+*"',
        **({"discovery.type": "single-node"} if len(http) == 1 else together),
    }


def _configure(home: Path, place: Path, settings: Mapping[str, str]) -> None:
    config = place / "config"
    for folder in (config, place / "tmp", place / "data", place / "logs", place / "snapshots"):
        folder.mkdir()
        give(folder)
    (config / "opensearch.yml").write_text(
        "".join(f"{name}: {value}\n" for name, value in settings.items())
    )
    shutil.copyfile(home / "config" / "log4j2.properties", config / "log4j2.properties")


def _java(
    version: str, home: Path, place: Path, heap: str, *, quick_start: bool
) -> list[str | Path]:
    """The command of a node. Not ``bin/opensearch``, which starts Java four times."""
    if version == OPENSEARCH:
        special = ["-Djava.security.manager=allow"]
    else:
        special = [
            "--add-modules=jdk.incubator.vector",
            f"-javaagent:{home}/agent/opensearch-agent.jar",
            "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
        ]
    return [
        java_for(version) or "java",
        f"-Xms{heap}",
        f"-Xmx{heap}",
        "-XX:+UseSerialGC",
        *(["-XX:TieredStopAtLevel=1"] if quick_start else []),
        f"-Djava.io.tmpdir={place}/tmp",
        "-Dfile.encoding=UTF-8",
        "-Djna.nosys=true",
        "-Dlog4j.shutdownHookEnabled=false",  # else SIGTERM does not end it
        "-Dlog4j2.disable.jmx=true",
        *special,
        f"-Dopensearch.path.home={home}",
        f"-Dopensearch.path.conf={place}/config",
        "-Dopensearch.distribution.type=zip",
        "-Dopensearch.bundled_jdk=false",
        "-cp",
        f"{home}/lib/*",
        "org.opensearch.bootstrap.OpenSearch",
    ]


if __name__ == "__main__":
    for one in _CHECKSUMS:
        print(fetch_opensearch(one) if java_for(one) else f"NO JAVA FOR OPENSEARCH {one}")  # noqa: T201
