-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- No migration: what becomes of a workspace that is given to others as a GeoPackage. The provenance of every dataset
-- moves into GeoPackage's own metadata (OGC 12-128r18, annex F.8). The tables that begin
-- with okrug_ are dropped after this.

CREATE TABLE gpkg_metadata (
    id INTEGER PRIMARY KEY NOT NULL,
    md_scope TEXT NOT NULL DEFAULT 'dataset',
    md_standard_uri TEXT NOT NULL,
    mime_type TEXT NOT NULL DEFAULT 'text/xml',
    metadata TEXT NOT NULL DEFAULT ''
);

CREATE TABLE gpkg_metadata_reference (
    reference_scope TEXT NOT NULL,
    table_name TEXT,
    column_name TEXT,
    row_id_value INTEGER,
    timestamp DATETIME NOT NULL DEFAULT '1970-01-01T00:00:00.000Z',
    md_file_id INTEGER NOT NULL,
    md_parent_id INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata (id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata (id)
);

INSERT INTO gpkg_extensions VALUES
    ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec121/#extension_metadata', 'read-write'),
    ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec121/#extension_metadata',
     'read-write');

INSERT INTO gpkg_metadata (id, md_standard_uri, mime_type, metadata)
    SELECT number, 'https://www.rfc-editor.org/info/rfc8259', 'application/json', provenance
    FROM okrug_dataset WHERE provenance IS NOT NULL;

INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id)
    SELECT 'table', t.sql_name, d.number FROM okrug_table AS t JOIN okrug_dataset AS d ON d.number = t.dataset
    WHERE d.provenance IS NOT NULL ORDER BY t.number;
