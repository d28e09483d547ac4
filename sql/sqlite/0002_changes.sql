-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What was done to the workspace, and what it takes to undo it. A dataset that was replaced or removed is put aside: it
-- keeps its rows in okrug_table, okrug_column, okrug_line and okrug_negative_zero, gets a number below 0 in
-- okrug_dataset with '#' and that number as its id, its SQL tables are renamed to okrug_aside_N, and its entries in
-- gpkg_contents and gpkg_geometry_columns move to okrug_aside_layer. The times of the log are the only ones in the file.

CREATE TABLE okrug_change (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,             -- import, run, remove or study
    subject TEXT NOT NULL,          -- the dataset, or the study
    time INTEGER NOT NULL,          -- microseconds since 1970, UTC
    state TEXT NOT NULL             -- done; undone; settled: what it takes to undo it was given up
);

-- In the order in which they were made; undone from the last to the first.
CREATE TABLE okrug_change_dataset (
    change INTEGER NOT NULL REFERENCES okrug_change (id),
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,        -- of the dataset in okrug_dataset, before and after
    aside INTEGER REFERENCES okrug_dataset (number), -- what was there before; NULL: nothing
    PRIMARY KEY (change, position)
) WITHOUT ROWID;

CREATE TABLE okrug_change_document (
    change INTEGER NOT NULL REFERENCES okrug_change (id),
    name TEXT NOT NULL,
    text TEXT,                      -- what was there before; NULL: nothing
    PRIMARY KEY (change, name)
) WITHOUT ROWID;

CREATE TABLE okrug_aside_layer (
    table_number INTEGER PRIMARY KEY REFERENCES okrug_table (number) ON DELETE CASCADE,
    sql_name TEXT NOT NULL,         -- of the SQL table, before and when it comes back
    data_type TEXT,                 -- NULL: it was not registered
    identifier TEXT,
    description TEXT,
    last_change DATETIME,
    min_x DOUBLE,
    min_y DOUBLE,
    max_x DOUBLE,
    max_y DOUBLE,
    srs_id INTEGER,
    column_name TEXT,               -- of the geometry; NULL: none
    geometry_type_name TEXT,
    geometry_srs_id INTEGER,
    z TINYINT,
    m TINYINT
);
