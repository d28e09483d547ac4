-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Jobs: analyses that wait, run or ran. A running job belongs to `owner` until `lease`; once that is past, whoever comes
-- next may take it. Times are microseconds since 1970 in UTC.

CREATE TABLE okrug_job (
    id INTEGER PRIMARY KEY, -- in the order in which they came; jobs are never deleted
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    analysis TEXT NOT NULL,
    input TEXT NOT NULL,
    wanted TEXT, -- the id that the result is to have
    result TEXT, -- the id that it has
    task TEXT,
    done REAL,
    total REAL,
    messages TEXT, -- JSON
    created INTEGER NOT NULL,
    started INTEGER,
    finished INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    lease INTEGER,
    stop INTEGER NOT NULL DEFAULT 0 -- someone asked to cancel it
);

CREATE INDEX okrug_job_open ON okrug_job (state, id);

CREATE TABLE okrug_job_option (
    job INTEGER NOT NULL REFERENCES okrug_job (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (job, position)
) WITHOUT ROWID;
