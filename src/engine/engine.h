/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one way to run anything: names files and datasets, checks options against descriptors, reads, runs, attaches
 * provenance, keeps. The command line, the server and study files all come through here, with the same text options.
 */
#ifndef OKRUG_ENGINE_ENGINE_H
#define OKRUG_ENGINE_ENGINE_H

#include <stdio.h>

#include <okrug/catalogue.h>
#include <okrug/context.h>
#include <okrug/dataset.h>
#include <okrug/text.h>

typedef struct okrug_store okrug_store;
struct okrug_node;

typedef struct {
    const char *name;  /* without dashes: "map" */
    const char *value; /* "region=oktmo" */
} okrug_option;

typedef struct {
    const okrug_option *option;
    int count;
} okrug_options;

/* ---- Running --------------------------------------------------------------------------------------------------- */
typedef struct {
    const char *analysis;
    const char *input;     /* FILE, "-", WORKSPACE#dataset, or #dataset of `store` */
    okrug_options options; /* second inputs, parameters, and how to read (map, where, encoding, ...) */
    const char *folder;    /* relative file names start here; NULL: the current folder */
    okrug_store *store;    /* may be NULL */
    bool stored_only;      /* every input is a "#dataset" of `store`, or the name of a row: no file is read */
} okrug_request;

/* The result, a dataset of kind "result" with its provenance, to be freed by the caller. BAD_USAGE for an unknown
 * analysis, option or value; what reading and running say otherwise. */
okrug_status okrug_run(okrug_ctx *ctx, const okrug_request *request, okrug_dataset **result);

/* As okrug_run, but does not compute what is there: *result is NULL where `known`, the provenance of an earlier result
 * (may be NULL), is that of the same version, parameters and inputs. */
okrug_status okrug_run_anew(okrug_ctx *ctx, const okrug_request *request, const char *known, okrug_dataset **result);

/* What okrug_run says before it computes: the analysis, the options and every input are as they must be. */
okrug_status okrug_run_check(okrug_ctx *ctx, const okrug_request *request);

/* ---- Workspaces ------------------------------------------------------------------------------------------------ */
okrug_status okrug_workspace_init(okrug_ctx *ctx, const char *location);
okrug_status okrug_workspace_serve(okrug_ctx *ctx, const char *location, okrug_store **store);
/* The same, to be written to in turn with another such store; NULL: there is none yet. */
okrug_status okrug_workspace_serve_beside(okrug_ctx *ctx, const char *location, okrug_store *other,
                                          okrug_store **store);
/* To be looked at, or changed by nobody but this program. */
okrug_status okrug_workspace_open(okrug_ctx *ctx, const char *location, bool write, okrug_store **store);
void okrug_workspace_close(okrug_store *store);

typedef struct {
    const char *kind; /* "values", "territories", ...: see okrug_kinds */
    const char *file;
    const char *id;        /* NULL: the file's name without endings */
    okrug_options options; /* how to read; title, source, licence, note */
    const char *folder;
    const struct okrug_node *description; /* a study's mapping with title, source, licence, note; NULL: options say */
    const char *part;                     /* sheet or layer; NULL: as `file` says (FILE#PART), or the only one */
    const void *bytes;  /* in place of the file's, `file` being then only its name; NULL: the file's */
    size_t length;      /* of `bytes` */
    bool no_remembered; /* read as if nothing were remembered of files with that header */
    bool again;         /* a register from its start, whatever an import that was killed has left */
} okrug_import_request;

/* Reads the file into a dataset (not kept anywhere yet); `understood` gets a report for people of what was made of the
 * file: also when reading failed. */
okrug_status okrug_import_read(okrug_ctx *ctx, const okrug_import_request *request, const okrug_catalogue *catalogue,
                               okrug_buffer *understood, okrug_dataset **dataset);
/* Keeps the datasets, all of them or none, as one change, whose number `change` (may be NULL) gets. EXISTS
 * ("dataset-exists") where one of the names is taken and not to be replaced. */
okrug_status okrug_import_keep(okrug_ctx *ctx, okrug_store *store, okrug_dataset *const *datasets, int count,
                               bool replace, int64_t *change);
/* Reads the files and keeps all of them or none, with the options for the next file that has such a header; `dry_run`:
 * only reads them, as they would be read into that workspace (NULL: into none). BAD_INPUT ("id-repeated") where two
 * would have one name. */
okrug_status okrug_import(okrug_ctx *ctx, const char *workspace, bool dry_run, const okrug_import_request *requests,
                          int count, bool replace, const okrug_catalogue *catalogue, okrug_buffer *understood);
/* One file into a store that is open for writing. OKRUG_EXISTS ("dataset-exists") where a dataset has its name and is
 * not to be replaced; `change` (may be NULL) gets the number of the change. */
okrug_status okrug_import_into(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request, bool replace,
                               const okrug_catalogue *catalogue, okrug_buffer *understood, int64_t *change);
/* What an import would do, for a form, as JSON: {"understood": {...} or null, "report": [lines], "columns": [{"header",
 * "role", "suggested", "type", "sample"}], "top": [{"row", "texts"}] where there is no table to be read, "remembered",
 * "options": [{"name", "value"}], "faults": [message], "warnings": [message], "preview": table or null, "join": {...}
 * or null}; a message has its text beside its code. Faults of the file are in it, and the status is then OKRUG_OK:
 * other statuses are of the request (BAD_USAGE) or the machine. `store` may be NULL. At most `rows` rows in the
 * preview. The messages stay in the context too. */
okrug_status okrug_import_preview(okrug_ctx *ctx, okrug_store *store, const okrug_import_request *request,
                                  const okrug_catalogue *catalogue, int64_t rows, okrug_buffer *out);
/* {"files": [...]} of several, as they would be read into that workspace (NULL, or none there: into none). */
okrug_status okrug_import_previews(okrug_ctx *ctx, const char *workspace, const okrug_import_request *requests,
                                   int count, const okrug_catalogue *catalogue, int64_t rows, okrug_buffer *out);
/* The parts of a file (or of `bytes`, if not NULL, under that name): [{"name", "kind": "sheet", "layer" or "file",
 * "rows": N or null}]. */
okrug_status okrug_file_parts(okrug_ctx *ctx, const char *file, const void *bytes, size_t length, okrug_buffer *out);
/* The context's faults as CSV: file, row, column, cell, value, reason. */
okrug_status okrug_faults_write(okrug_ctx *ctx, const okrug_catalogue *catalogue, const char *path);

/* ---- Keeping a workspace well ---------------------------------------------------------------------------------- */
/* A verified copy, also while others write; `file` NULL: a dated name beside the workspace. `made` is the copy's name.
 * Nothing is overwritten. */
okrug_status okrug_workspace_backup(okrug_ctx *ctx, const char *location, const char *file, const char **made);
/* Brings an older workspace up to date; a warning "workspace-migrated" says so and names the copy of what it was. */
okrug_status okrug_workspace_migrate(okrug_ctx *ctx, const char *location);

typedef struct {
    int64_t format;
    int64_t datasets, tables, rows; /* that were read */
    int64_t dangling;               /* codes in tables of the registry that name no row, column by column */
    int64_t undoable;               /* changes that can be undone */
    int64_t cells_aside;            /* of what they keep */
    int64_t bytes, bytes_free;      /* of the file; of pages in it that hold nothing */
} okrug_workspace_health;

/* Reads everything there is. OKRUG_BAD_INPUT with a fault for each thing that is wrong; what other programs may do and
 * okrug did not is a warning. */
okrug_status okrug_workspace_check(okrug_ctx *ctx, const char *location, okrug_workspace_health *health);

typedef struct {
    const char *what; /* WORKSPACE, WORKSPACE#dataset or WORKSPACE#dataset/table */
    const char *file; /* FILE.gpkg, or for one dataset also .csv, .json, .html, .geojson */
    bool replace;     /* a file that is there */
    int profile;      /* of CSV; okrug_profile_named */
} okrug_export_request;

/* A file for others. A GeoPackage gets the datasets as layers, territories with a position as points, and for every
 * table of figures by region a further layer in which they are joined to the outlines or points there are: nothing of
 * okrug's own, and of the whole workspace no kind of data that tells of single persons or firms (a warning
 * "kind-not-shared"). The same workspace gives the same bytes. EXISTS ("file-exists"). */
okrug_status okrug_export(okrug_ctx *ctx, const okrug_export_request *request, const okrug_catalogue *catalogue);

/* ---- Changes --------------------------------------------------------------------------------------------------- */
/* {"changes": [{"id", "what", "dataset", "time", "undone", "can_undo"}]}, newest first. */
okrug_status okrug_workspace_changes(okrug_ctx *ctx, okrug_store *store, okrug_buffer *out);
okrug_status okrug_workspace_changes_print(okrug_ctx *ctx, okrug_store *store, const okrug_catalogue *catalogue,
                                           FILE *out);
/* Takes back the newest change that is not undone: {"change": {...}}. NOT_FOUND ("nothing-to-undo"). */
okrug_status okrug_workspace_undo(okrug_ctx *ctx, okrug_store *store, okrug_buffer *out);

/* ---- Jobs ------------------------------------------------------------------------------------------------------ */
typedef struct {
    const char *analysis;
    const char *input;     /* "#dataset" */
    okrug_options options; /* as of okrug_request; second inputs are "#dataset" too */
    const char *id;        /* of the result; NULL: ANALYSIS-N with the smallest N that is free */
} okrug_job_request;

/* Each gives the job as JSON. submit: queued, and on the disk; what okrug_run_check says, BAD_USAGE ("bad-id"), EXISTS
 * ("result-exists"). describe, cancel: NOT_FOUND ("no-job"); `over` (may be NULL): nothing will change any more. */
okrug_status okrug_job_submit(okrug_ctx *ctx, okrug_store *store, const okrug_job_request *request, okrug_buffer *out);
okrug_status okrug_job_describe(okrug_ctx *ctx, okrug_store *store, const char *id, okrug_buffer *out, bool *over);
okrug_status okrug_job_cancel(okrug_ctx *ctx, okrug_store *store, const char *id, okrug_buffer *out);
/* {"jobs": [...]}, the newest first. */
okrug_status okrug_jobs_describe(okrug_ctx *ctx, okrug_store *store, okrug_buffer *out);

/* Threads that work on the jobs of a workspace, `count` of them (>= 1), which share the context's number of threads.
 * Any number of programs may have workers on one workspace; each job is kept once. */
typedef struct okrug_workers okrug_workers;
okrug_status okrug_workers_start(okrug_ctx *ctx, const char *workspace, int count, okrug_workers **workers);
void okrug_workers_wake(okrug_workers *workers); /* a job came: do not wait for the next look */
/* The job of that id, if one of these threads runs it, is to stop: at once, even while its result holds the store. */
void okrug_workers_cancel(okrug_workers *workers, const char *id);
/* Jobs that run go back into the queue. Returns when the threads have ended; NULL is allowed. */
void okrug_workers_stop(okrug_workers *workers);

/* ---- Studies --------------------------------------------------------------------------------------------------- */
typedef struct {
    const char *file;      /* STUDY.yaml */
    const char *workspace; /* NULL: the study's name with .okrug, in the current folder */
    const char *directory; /* where DIR/STEP/TABLE.csv are written; NULL: nowhere */
    int profile;           /* of these files: okrug_profile_named; 0: machine */
    bool again;            /* compute also what would come out as it is */
} okrug_study_request;

typedef struct {
    okrug_dataset *findings;  /* a table for each finding the study asks to show (its name is the title); NULL: none */
    int64_t steps, unchanged; /* unchanged: not computed, for the workspace has them of the same inputs */
} okrug_study_outcome;

/* Imports the study's datasets, runs its steps and keeps everything in the workspace, in one transaction. A step whose
 * result the workspace has already, of inputs with the same hashes, is left as it is. Free outcome->findings. */
okrug_status okrug_study_run(okrug_ctx *ctx, const okrug_study_request *request, const char *language,
                             okrug_study_outcome *outcome);

/* ---- What there is, as JSON or text ---------------------------------------------------------------------------- */
void okrug_describe_analyses(okrug_buffer *out); /* {"analyses": [...]} */
okrug_status okrug_describe_analysis(okrug_ctx *ctx, const char *id, okrug_buffer *out);
okrug_status okrug_help_analysis(okrug_ctx *ctx, const char *id, const okrug_catalogue *catalogue, okrug_buffer *out);
void okrug_help_analyses(const okrug_catalogue *catalogue, okrug_buffer *out);
void okrug_describe_kinds(okrug_buffer *out); /* {"kinds": [...]} */
void okrug_help_kinds(const okrug_catalogue *catalogue, okrug_buffer *out);
/* Takes the folders out of the names of files: where they are kept concerns nobody who asks from elsewhere. */
void okrug_message_without_folders(okrug_message *message);
void okrug_describe_message(const okrug_message *message, okrug_json *json); /* {code, file, line, ..., arguments} */
/* The same with "text", in the catalogue's language. */
void okrug_describe_message_with_text(const okrug_message *message, const okrug_catalogue *catalogue, okrug_json *json);

okrug_status okrug_workspace_datasets(okrug_ctx *ctx, okrug_store *store, const char *id, okrug_buffer *out);
okrug_status okrug_workspace_table(okrug_ctx *ctx, okrug_store *store, const char *id, const char *table, FILE *out);
okrug_status okrug_workspace_features(okrug_ctx *ctx, okrug_store *store, const char *id, FILE *out);
okrug_status okrug_workspace_study(okrug_ctx *ctx, okrug_store *store, okrug_buffer *out);

/* ---- Out ------------------------------------------------------------------------------------------------------- */
typedef enum {
    OKRUG_FORMAT_TABLE,
    OKRUG_FORMAT_CSV,
    OKRUG_FORMAT_JSON,
    OKRUG_FORMAT_HTML,
    OKRUG_FORMAT_CSV_EXCEL_RU
} okrug_format;

/* The table of that name (NULL: the first; HTML: all of them) of a result to a stream. */
okrug_status okrug_result_print(okrug_ctx *ctx, const okrug_dataset *result, const char *name, okrug_format format,
                                const okrug_catalogue *catalogue, int64_t most, FILE *out);
/* The same into a file, whole or not at all. */
okrug_status okrug_result_file(okrug_ctx *ctx, const okrug_dataset *result, const char *name, okrug_format format,
                               const okrug_catalogue *catalogue, const char *file);
/* One table for people. */
okrug_status okrug_table_print(okrug_ctx *ctx, const okrug_table *table, const okrug_catalogue *catalogue, int64_t most,
                               FILE *out);
okrug_status okrug_result_write(okrug_ctx *ctx, const okrug_dataset *result, const char *directory);
/* BAD_USAGE ("output-is-input") where the file that is to be written is one that is read: FILE, FILE#PART or
 * WORKSPACE#DATASET. */
okrug_status okrug_output_check(okrug_ctx *ctx, const char *output, const char *input);
bool okrug_is_folder(const char *path);
/* Where a workspace is to keep a result. */
typedef struct {
    const char *workspace, *id;
    bool replace; /* a dataset of that name that is there */
} okrug_output_place;
/* Whether `output` is WORKSPACE#ID: what is before the last # is a file that is there, or ends in .okrug. */
bool okrug_output_in_workspace(okrug_ctx *ctx, const char *output, okrug_output_place *place);
/* Before computing: BAD_USAGE ("bad-id"), EXISTS ("dataset-exists"), what opening the workspace says. */
okrug_status okrug_output_place_check(okrug_ctx *ctx, const okrug_output_place *place);
/* As one change, which can be undone. Fails as the check does, and where somebody else is writing. */
okrug_status okrug_result_keep(okrug_ctx *ctx, okrug_dataset *result, const okrug_output_place *place);
/* The number of a profile of CSV files ("machine", "excel-ru"); BAD_USAGE for others. */
okrug_status okrug_profile_named(okrug_ctx *ctx, const char *name, int *profile);
okrug_status okrug_result_write_as(okrug_ctx *ctx, const okrug_dataset *result, int profile, const char *directory);
/* All tables of a result as one XLSX file, with units and provenance on sheets of their own. */
okrug_status okrug_result_workbook(okrug_ctx *ctx, const okrug_dataset *result, const okrug_catalogue *catalogue,
                                   const char *file);

/* ---- Reports --------------------------------------------------------------------------------------------------- */
typedef struct {
    const char *format;   /* "pdf", "docx", "html", "xlsx"; "svg", "png" for one figure */
    const char *language; /* "en" or "ru" */
    const char *date;     /* "2026-11-22"; NULL: the report tells none */
    const char *figure;   /* from "1": of svg and png; NULL: the first */
    const char *cluster; /* the application of that cluster in place of the study's report (platform/reports.h); NULL */
    const char *districts; /* a result of `districts`: the comparison that it is; NULL. Not together with `cluster` */
    okrug_options chosen;  /* of an application: which of several datasets is meant */
} okrug_report_request;

/* Makes what a request asks for; the id of study or cluster, for the name of a file, lives as long as the context. */
typedef okrug_status okrug_report_maker(okrug_ctx *ctx, okrug_store *store, const okrug_report_request *request,
                                        const okrug_catalogue *catalogue, const char **id, okrug_buffer *out);

/* The report of the study that the workspace holds. OKRUG_NOT_FOUND ("no-study"), OKRUG_BAD_USAGE, OKRUG_CANCELLED. */
okrug_report_maker okrug_study_report;
/* The comparison that the result `districts` of the request is. OKRUG_NOT_FOUND where there is none, OKRUG_BAD_USAGE
 * ("not-districts") where it is of another analysis. */
okrug_report_maker okrug_districts_report;
/* What that maker makes of the workspace at that place into a file, whose name tells the format where the request has
 * none. */
okrug_status okrug_report_write(okrug_ctx *ctx, const char *workspace, const okrug_report_request *request,
                                okrug_report_maker *make, const okrug_catalogue *catalogue, const char *file);

/* The version of okrug. */
const char *okrug_version(void);
/* The first thing that main does: see okrug_blas_use_right_core. */
void okrug_start(void);

#endif
