"""The least of a build backend (PEP 517): a wheel is a zip with the package and three files about it."""

from pathlib import Path
from zipfile import ZipFile

NAME = "pgwire-1.0.0"
ABOUT = {
    "METADATA": "Metadata-Version: 2.1\nName: pgwire\nVersion: 1.0.0\n",
    "WHEEL": "Wheel-Version: 1.0\nGenerator: build_wheel\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    files = {f"{NAME}.dist-info/{name}": text for name, text in ABOUT.items()}
    files |= {str(path): path.read_text() for path in Path("pgwire").glob("*.py")}
    record = f"{NAME}.dist-info/RECORD"
    files[record] = "".join(f"{path},,\n" for path in [*files, record])
    wheel = f"{NAME}-py3-none-any.whl"
    with ZipFile(Path(wheel_directory) / wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return wheel
