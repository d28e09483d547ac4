-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The workspace: an OGC GeoPackage 1.3 (its tables begin with gpkg_) and okrug's own tables, which gpkg_contents does
-- not name, so that GIS programs list the datasets and nothing else. Run as a whole, inside one transaction.
--
-- Nothing here depends on the day: gpkg_contents.last_change is always 1970-01-01, so that the same steps give the same
-- file. When something was made is in the provenance of the dataset, where its maker says so.

PRAGMA application_id = 1196444487; -- "GPKG"
PRAGMA user_version = 10300;        -- GeoPackage 1.3.0

CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL,
    description TEXT
);

INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude and latitude in degrees on the WGS 84 ellipsoid');

CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL,
    identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT '1970-01-01T00:00:00.000Z',
    min_x DOUBLE,
    min_y DOUBLE,
    max_x DOUBLE,
    max_y DOUBLE,
    srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL,
    m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_extensions (
    table_name TEXT,
    column_name TEXT,
    extension_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);

-- Without this row GDAL lists every table of a file that has no attribute tables yet, the internal ones too.
INSERT INTO gpkg_extensions VALUES
    (NULL, NULL, 'gdal_aspatial', 'http://gdal.org/geopackage_aspatial.html', 'read-write');

CREATE TABLE okrug_meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

INSERT INTO okrug_meta VALUES ('format', '1');

CREATE TABLE okrug_dataset (
    number INTEGER PRIMARY KEY, -- order in which the datasets came
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    provenance TEXT
);

CREATE TABLE okrug_table (
    number INTEGER PRIMARY KEY,
    dataset INTEGER NOT NULL REFERENCES okrug_dataset (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    sql_name TEXT NOT NULL UNIQUE,
    rows INTEGER NOT NULL, -- when it was put
    file TEXT,
    UNIQUE (dataset, position)
);

CREATE TABLE okrug_column (
    table_number INTEGER NOT NULL REFERENCES okrug_table (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    sql_name TEXT NOT NULL,
    type TEXT NOT NULL,
    unit TEXT NOT NULL,
    header TEXT,
    PRIMARY KEY (table_number, position)
) WITHOUT ROWID;

-- Lines of the source file, for up to 4,096 rows from first_fid on: differences from the line before, zigzag, base 128.
CREATE TABLE okrug_line (
    table_number INTEGER NOT NULL REFERENCES okrug_table (number) ON DELETE CASCADE,
    first_fid INTEGER NOT NULL,
    lines BLOB NOT NULL,
    PRIMARY KEY (table_number, first_fid)
) WITHOUT ROWID;

-- A REAL column keeps whole numbers as integers and so forgets the sign of zero; these cells are -0.
CREATE TABLE okrug_negative_zero (
    table_number INTEGER NOT NULL REFERENCES okrug_table (number) ON DELETE CASCADE,
    fid INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (table_number, fid, position)
) WITHOUT ROWID;

CREATE TABLE okrug_document (
    name TEXT NOT NULL PRIMARY KEY,
    text TEXT NOT NULL
);
