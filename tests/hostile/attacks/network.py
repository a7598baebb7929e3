"""Reaching somebody: every server outside counts who comes."""

from tests.hostile.attacks import Attack, tried

ATTACKS = {
    "TCP and UDP": Attack(
        "import socket, urllib.request\n"
        + tried(
            "socket.socket().connect(('127.0.0.1', <tcp>)); print(<loot>)",
            "socket.create_connection(('127.0.0.1', <tcp>), 2); print(<loot>)",
            "socket.create_connection(('localhost', <tcp>), 2); print(<loot>)",
            "urllib.request.urlopen('http://127.0.0.1:<tcp>', timeout=2); print(<loot>)",
            "socket.socket(2, 2).sendto(b'x', ('127.0.0.1', <udp>)); print(<loot>)",
            "socket.create_server(('127.0.0.1', 0)); print(<loot>)",
        )
    ),
    "Unix sockets": Attack(
        "import socket\n"
        + tried(
            "socket.socket(1).connect(<path>); print(<loot>)",
            "socket.socket(1).connect('\\0' + <abstract>); print(<loot>)",
            "socket.socket(1, 2).sendto(b'x', <datagrams>); print(<loot>)",
            "socket.socketpair(1, 2)[0].sendto(b'x', <datagrams>); print(<loot>)",
            "socket.socket(1).bind('mine'); print(<loot>)",
        )
    ),
    "netlink, raw and rarer sockets": Attack(
        "import socket\n"
        + tried(
            "socket.socket(16, 3, 0); print(<loot>)",
            "socket.socket(2, 3, 1); print(<loot>)",
            "socket.socket(17, 3, 0); print(<loot>)",
            "socket.socket(38, 5, 0); print(<loot>)",
            "socket.socket(40, 1, 0); print(<loot>)",
        )
    ),
    "programs that download": Attack(
        "!curl -s -m 1 http://127.0.0.1:<tcp>\n!wget -q -T 1 -t 1 -O- http://127.0.0.1:<tcp>\n"
        "!bash -c 'echo x > /dev/tcp/127.0.0.1/<tcp>'\n!pip install --index-url http://127.0.0.1:<tcp> six2",
        "timeout|answered",
    ),
    "a data set": Attack("from tensorflow import keras; keras.utils.get_file('x', 'http://127.0.0.1:<tcp>/x')"),
    "the kernel's own sockets reused": Attack(
        "import os, socket\nfor n in range(3, 200):\n"
        "    try: s = socket.socket(fileno=os.dup(n)); s.connect(<path>); print(<loot>)\n    except OSError: pass",
        "error|answered|timeout",
    ),
    "a ZeroMQ socket": Attack(
        "import zmq, time\ns = zmq.Context().socket(zmq.PUSH); s.setsockopt(zmq.LINGER, 0)\n"
        "s.connect('tcp://127.0.0.1:<tcp>'); s.connect('ipc://' + <path>); s.send(b'x', zmq.NOBLOCK); time.sleep(.5)",
        "error|answered",
    ),
}
