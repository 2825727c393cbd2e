"""How the test run starts the site: on any free port, with a log of the cookies that arrive."""
import os
import signal
import threading

bind = "127.0.0.1:0"
workers = 1
accesslog = os.path.join(os.environ["SITE_DATA"], "access.log")
access_log_format = "%(m)s %(U)s %({Cookie}i)s"


def when_ready(server):
    threading.Thread(target=stop_with_the_test_run, daemon=True).start()


def stop_with_the_test_run():
    # The other end of standard input is the test run's: it closes however the run ends.
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
