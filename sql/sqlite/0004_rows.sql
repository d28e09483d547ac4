-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Rows of datasets that were added, changed or removed one by one: what each cell was and became, for undoing and as the
-- history that stays. A cell is as SQLite holds it, with the reason beside it where it is missing.

CREATE TABLE okrug_row_edit (
    change INTEGER NOT NULL REFERENCES okrug_change (id),
    position INTEGER NOT NULL,
    dataset TEXT NOT NULL,
    table_name TEXT NOT NULL,
    fid INTEGER NOT NULL,
    what TEXT NOT NULL,             -- add, change or remove
    row_key TEXT NOT NULL,          -- the cells that tell the row from the others, "column=value" with tabs between
    provenance TEXT,                -- of the dataset, before
    PRIMARY KEY (change, position)
) WITHOUT ROWID;

CREATE INDEX okrug_row_edit_of ON okrug_row_edit (dataset, row_key);

CREATE TABLE okrug_cell_edit (
    change INTEGER NOT NULL,
    position INTEGER NOT NULL,
    place INTEGER NOT NULL,         -- of the column
    column_name TEXT NOT NULL,
    before,
    before_reason TEXT,             -- NULL: there was a value, or no row
    after,
    after_reason TEXT,
    PRIMARY KEY (change, position, place),
    FOREIGN KEY (change, position) REFERENCES okrug_row_edit (change, position)
) WITHOUT ROWID;
