/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds for a workspace that is a file: GeoPackage layout, the same bytes for the same steps, and what happens
 * when the file, the folder or the disk is not as it should be, or the program is killed.
 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "sqlite_testing.h"

static void put_layers(store_place *place) {
    okrug_dataset *dataset = okrug_dataset_new("outlines", "territories");
    okrug_table *table = okrug_dataset_add_table(dataset, "outlines");
    okrug_table_add_column(table, "oktmo", OKRUG_TEXT, OKRUG_UNIT_NONE);
    okrug_table_add_column(table, "shape", OKRUG_GEOMETRY, OKRUG_UNIT_NONE);
    okrug_table_add_row(table, 0);
    store_set_text(
        table, 1, 0,
        "0103000000010000000400000000000000000000000000000000000000000000000000F03F0000000000000000000000000000"
        "00000000000000000040000000000000000000000000000000"
        "00");
    assert_int_equal(okrug_store_put(place->ctx, place->store, dataset), OKRUG_OK);
    okrug_dataset_free(dataset);
    dataset = okrug_dataset_new("lq", "result");
    okrug_table_add_column(okrug_dataset_add_table(dataset, "quotients"), "lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO);
    assert_int_equal(okrug_store_put(place->ctx, place->store, dataset), OKRUG_OK);
    okrug_dataset_free(dataset);
    assert_int_equal(store_put_values(place, "employment", 3), OKRUG_OK);
}

static void the_file_is_a_geopackage(void **state) {
    store_place *place = *state;
    const char *file = place->location;
    put_layers(place);
    sqlite_assert(file, "PRAGMA application_id", "1196444487");
    sqlite_assert(file, "PRAGMA user_version", "10300");
    sqlite_assert(file, "PRAGMA journal_mode", "delete");
    sqlite_assert(file, "PRAGMA integrity_check", "ok");
    sqlite_assert(file, "SELECT group_concat(srs_id) FROM (SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1)",
                  "-1,0,4326");
    sqlite_assert(file,
                  "SELECT group_concat(table_name || ':' || data_type) FROM (SELECT * FROM gpkg_contents ORDER BY 1)",
                  "employment:attributes,lq__quotients:attributes,outlines:features");
    sqlite_assert(file,
                  "SELECT min_x || ' ' || min_y || ' ' || max_x || ' ' || max_y FROM gpkg_contents "
                  "WHERE data_type = 'features'",
                  "0.0 0.0 1.0 2.0");
    sqlite_assert(file,
                  "SELECT group_concat(table_name || column_name || geometry_type_name || srs_id || z || m) "
                  "FROM gpkg_geometry_columns",
                  "outlinesgeomPOLYGON432600");
    sqlite_assert(file, "SELECT group_concat(name || ' ' || type) FROM pragma_table_info('outlines')",
                  "fid INTEGER,oktmo TEXT,geom POLYGON,reason TEXT");
    sqlite_assert(file, "SELECT group_concat(region || '/' || industry || '/' || value) FROM employment",
                  "00000000/00.0/0.0,00000000/01.1/0.125,00000000/02.2/0.25");
    sqlite_assert(file, "SELECT hex(substr(geom, 1, 8)) FROM outlines", "47500003E6100000");
    sqlite_assert(file, "SELECT count(DISTINCT last_change) FROM gpkg_contents", "1");
    /* Nothing is left behind by what goes. */
    assert_int_equal(okrug_store_remove(place->ctx, place->store, "outlines"), OKRUG_OK);
    sqlite_assert(file,
                  "SELECT (SELECT count(*) FROM gpkg_geometry_columns) || (SELECT count(*) FROM sqlite_master "
                  "WHERE name = 'outlines') || (SELECT count(*) FROM gpkg_contents)",
                  "002");
}

static char *whole_file(const char *path, long *length) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *length = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)*length);
    assert_int_equal(fread(bytes, 1, (size_t)*length, file), *length);
    fclose(file);
    return bytes;
}

static void the_same_steps_give_the_same_bytes(void **state) {
    (void)state;
    char *bytes[2];
    long length[2];
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1000000000", 1), 0); /* else the log differs in its times */
    for (int i = 0; i < 2; i++) {
        void *made = NULL;
        store_setup(&made);
        store_place *place = made;
        put_layers(place);
        store_place_open(place, OKRUG_STORE_READ);
        bytes[i] = whole_file(place->location, &length[i]);
        store_place_free(place);
    }
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
    assert_int_equal(length[0], length[1]);
    assert_memory_equal(bytes[0], bytes[1], (size_t)length[0]);
    free(bytes[0]);
    free(bytes[1]);
}

static void edits_of_other_programs_are_taken_or_refused(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    sqlite_do(place->location, "DELETE FROM a WHERE fid = 2; UPDATE a SET value = 77 WHERE fid = 3;"
                               "UPDATE a SET value = NULL WHERE fid = 4;"
                               "INSERT INTO a (fid, region, value) VALUES (100, 'new', 1)");
    okrug_dataset *dataset = NULL;
    assert_int_equal(okrug_store_get(place->ctx, place->store, "a", &dataset), OKRUG_OK);
    const okrug_table *table = dataset->table[0];
    assert_int_equal(table->rows, 5);
    assert_int_equal(table->line[1], 4); /* the line went with its row */
    assert_int_equal(table->line[4], 0);
    assert_same_double(table->column[2].number[1], 77.0);
    assert_int_equal(okrug_reason_at(&table->column[2], 2), OKRUG_NOT_COLLECTED);
    assert_string_equal(okrug_text_at(&table->column[0], 4), "new");
    okrug_dataset_free(dataset);

    static const char *const damages[] = {"UPDATE a SET value = 'many' WHERE fid = 3",
                                          "UPDATE a SET value = 1, reason = 'nobody:knows'",
                                          "UPDATE a SET reason = NULL; ALTER TABLE a RENAME COLUMN value TO worth"};
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        sqlite_do(place->location, damages[i]);
        assert_int_equal(okrug_store_get(place->ctx, place->store, "a", &dataset), OKRUG_READ_FAILED);
        assert_string_equal(store_last_code(place), "workspace-damaged");
        assert_null(dataset);
    }
}

static void serving_leaves_a_plain_file(void **state) {
    store_place *place = *state;
    store_place_open(place, OKRUG_STORE_SERVE);
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    sqlite_assert(place->location, "PRAGMA journal_mode", "wal");
    okrug_store_close(place->store);
    place->store = NULL;
    assert_int_equal(sqlite_files_in(place->folder), 1);
    sqlite_assert(place->location, "PRAGMA journal_mode", "delete");
    sqlite_assert(place->location, "SELECT count(*) FROM a", "5");
}

static void what_is_no_workspace_is_refused(void **state) {
    store_place *place = *state;
    okrug_store *store = NULL;
    char path[160];
    struct {
        const char *name;
        const char *text;
    } files[] = {{"empty", ""}, {"text", "region,value\n01,5\n"}, {"long", NULL}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", place->folder, files[i].name);
        FILE *file = fopen(path, "w");
        for (int line = 0; files[i].text == NULL && line < 3000; line++) {
            fputs("some text that is no database\n", file);
        }
        fputs(files[i].text != NULL ? files[i].text : "", file);
        fclose(file);
        assert_int_equal(okrug_store_open(place->ctx, path, OKRUG_STORE_WRITE, &store), OKRUG_READ_FAILED);
        assert_string_equal(store_last_code(place), "not-a-workspace");
        assert_null(store);
    }
    snprintf(path, sizeof path, "%s/other.gpkg", place->folder);
    sqlite_do(path, "CREATE TABLE gpkg_contents (table_name TEXT)");
    assert_int_equal(okrug_store_open(place->ctx, path, OKRUG_STORE_READ, &store), OKRUG_READ_FAILED);
    assert_string_equal(store_last_code(place), "not-a-workspace");
    assert_int_equal(okrug_store_open(place->ctx, place->folder, OKRUG_STORE_READ, &store), OKRUG_READ_FAILED);
    assert_string_equal(store_last_code(place), "not-a-workspace");
    snprintf(path, sizeof path, "%s/none.okrug", place->folder);
    assert_int_equal(okrug_store_open(place->ctx, path, OKRUG_STORE_WRITE, &store), OKRUG_READ_FAILED);
    assert_string_equal(store_last_code(place), "missing-workspace");
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(okrug_store_open(place->ctx, "", OKRUG_STORE_READ, &store), OKRUG_READ_FAILED);
    assert_string_equal(store_last_code(place), "missing-workspace");
}

static void a_newer_workspace_is_refused(void **state) {
    store_place *place = *state;
    sqlite_do(place->location, "UPDATE okrug_meta SET value = '99'");
    okrug_store *store = NULL;
    assert_int_equal(okrug_store_open(place->ctx, place->location, OKRUG_STORE_READ, &store), OKRUG_NEWER);
    assert_string_equal(store_last_code(place), "workspace-newer");
    assert_null(store);
}

static void a_damaged_file_is_told(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 20000), OKRUG_OK);
    okrug_store_close(place->store);
    place->store = NULL;
    struct stat size;
    assert_int_equal(stat(place->location, &size), 0);
    assert_int_equal(truncate(place->location, size.st_size / 2), 0);
    okrug_dataset *dataset = NULL;
    okrug_status status = okrug_store_open(place->ctx, place->location, OKRUG_STORE_READ, &place->store);
    if (status == OKRUG_OK) {
        status = okrug_store_get(place->ctx, place->store, "a", &dataset);
    }
    assert_int_equal(status, OKRUG_READ_FAILED);
    assert_string_equal(store_last_code(place), "workspace-damaged");
}

static void a_workspace_is_not_made_over_anything(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    assert_int_equal(okrug_store_create(place->ctx, place->location), OKRUG_BAD_USAGE);
    assert_string_equal(store_last_code(place), "workspace-exists");
    assert_int_equal(store_rows(place, "a"), 5);
    assert_int_equal(okrug_store_create(place->ctx, place->folder), OKRUG_BAD_USAGE);
    assert_int_equal(sqlite_files_in(place->folder), 1);
}

static void where_nothing_can_be_made_that_is_told(void **state) {
    store_place *place = *state;
    char path[160];
    snprintf(path, sizeof path, "%s/no/folder.okrug", place->folder);
    assert_int_equal(okrug_store_create(place->ctx, path), OKRUG_WRITE_FAILED);
    assert_string_equal(store_last_code(place), "cannot-write-file");
    assert_string_equal(okrug_message_at(place->ctx, 0)->value[0], path);
    assert_int_equal(okrug_store_create(place->ctx, "/proc/okrug-test.okrug"), OKRUG_WRITE_FAILED);
}

static void urls_of_a_server_are_refused(void **state) {
    store_place *place = *state;
    okrug_store *store = NULL;
    assert_int_equal(okrug_store_open(place->ctx, "postgresql://me:secret@host/db", OKRUG_STORE_READ, &store),
                     OKRUG_BAD_USAGE);
    assert_string_equal(store_last_code(place), "store-not-built");
    assert_string_equal(okrug_message_at(place->ctx, 0)->value[0], "postgresql://host/db");
    assert_int_equal(okrug_store_create(place->ctx, "postgresql:///db"), OKRUG_BAD_USAGE);
}

/* Runs `child` in a process of its own, which must leave with its answer 0. The store is opened there: SQLite's
 * connections are not to be carried over a fork. */
static void in_child(store_place *place, int (*child)(store_place *)) {
    okrug_store_close(place->store);
    place->store = NULL;
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        _exit(child(place));
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    store_place_open(place, OKRUG_STORE_WRITE);
}

/* Writing fails as on a full disk; the answer says which expectation failed. */
static int fill_disk(store_place *place) {
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {300000, 300000};
    setrlimit(RLIMIT_FSIZE, &limit);
    if (okrug_store_open(place->ctx, place->location, OKRUG_STORE_WRITE, &place->store) != OKRUG_OK) {
        return 1;
    }
    if (store_put_values(place, "b", 200000) != OKRUG_WRITE_FAILED) {
        return 2;
    }
    if (strcmp(store_last_code(place), "disk-full") != 0 && strcmp(store_last_code(place), "cannot-write-file") != 0) {
        return 3;
    }
    if (strcmp(okrug_message_at(place->ctx, okrug_messages(place->ctx) - 1)->value[0], place->location) != 0) {
        return 4;
    }
    /* Inside a transaction nothing of it may be committed. */
    if (okrug_store_begin(place->ctx, place->store) != OKRUG_OK || store_put_values(place, "c", 5) != OKRUG_OK) {
        return 5;
    }
    if (store_put_values(place, "b", 700000) != OKRUG_WRITE_FAILED) { /* more than the pages kept in memory */
        return 6;
    }
    okrug_status after = store_put_values(place, "d", 5);
    okrug_status commit = okrug_store_commit(place->ctx, place->store);
    if (after != commit || (commit != OKRUG_OK && commit != OKRUG_WRITE_FAILED)) {
        return 7;
    }
    if ((store_rows(place, "c") == 5) != (commit == OKRUG_OK) || store_rows(place, "d") != store_rows(place, "c")) {
        return 8;
    }
    return store_rows(place, "a") == 5 && store_rows(place, "b") == -1 ? 0 : 9;
}

static void a_full_disk_leaves_what_was_there(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    in_child(place, fill_disk);
    assert_int_equal(store_rows(place, "a"), 5);
    assert_int_equal(store_rows(place, "b"), -1);
    sqlite_assert(place->location, "PRAGMA integrity_check", "ok");
}

static int make_on_full_disk(store_place *place) {
    char path[160];
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {5000, 5000};
    setrlimit(RLIMIT_FSIZE, &limit);
    snprintf(path, sizeof path, "%s/new.okrug", place->folder);
    return okrug_store_create(place->ctx, path) == OKRUG_WRITE_FAILED && sqlite_files_in(place->folder) == 1 ? 0 : 1;
}

static void a_failed_creation_leaves_no_file(void **state) {
    in_child(*state, make_on_full_disk);
}

/* Permissions do not bind the superuser. */
static int use_read_only(store_place *place) {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
        return 1;
    }
    okrug_store *store = NULL;
    if (okrug_store_open(place->ctx, place->location, OKRUG_STORE_WRITE, &store) != OKRUG_WRITE_FAILED ||
        strcmp(store_last_code(place), "workspace-read-only") != 0) {
        return 2;
    }
    for (int mode = OKRUG_STORE_READ; mode <= OKRUG_STORE_SERVE; mode += OKRUG_STORE_SERVE - OKRUG_STORE_READ) {
        if (okrug_store_open(place->ctx, place->location, (okrug_store_mode)mode, &place->store) != OKRUG_OK ||
            store_rows(place, "a") != 5 || store_put_values(place, "b", 1) != OKRUG_WRITE_FAILED) {
            return 3;
        }
        okrug_store_close(place->store);
    }
    char path[160];
    snprintf(path, sizeof path, "%s/new.okrug", place->folder);
    bool told = okrug_store_create(place->ctx, path) == OKRUG_WRITE_FAILED &&
                strcmp(store_last_code(place), "no-permission") == 0;
    return told ? 0 : 4;
}

static void a_read_only_folder_can_be_read(void **state) {
    store_place *place = *state;
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    assert_int_equal(chmod(place->location, 0444), 0);
    assert_int_equal(chmod(place->folder, 0555), 0);
    okrug_store_close(place->store);
    place->store = NULL;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        _exit(use_read_only(place));
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(chmod(place->folder, 0755), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(sqlite_files_in(place->folder), 1);
}

/* The child says when it is well inside the change and is then killed. */
typedef struct {
    int pipe[2];
} messenger;

static void tell(void *user, const char *task, double done, double total) {
    messenger *m = user;
    (void)task;
    if (done > total / 2) {
        assert_int_equal(write(m->pipe[1], "x", 1), 1);
        pause();
    }
}

static void a_killed_program_leaves_what_was_there(void **state) {
    store_place *place = *state;
    messenger m;
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    okrug_store_close(place->store);
    place->store = NULL;
    assert_int_equal(pipe(m.pipe), 0);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.progress = tell, .progress_user = &m});
        okrug_dataset *big = store_values("a", 600000);
        if (okrug_store_open(ctx, place->location, OKRUG_STORE_WRITE, &place->store) == OKRUG_OK) {
            (void)okrug_store_put(ctx, place->store, big);
        }
        _exit(1); /* it was to be killed before */
    }
    close(m.pipe[1]);
    char told = 0;
    assert_int_equal(read(m.pipe[0], &told, 1), 1);
    assert_int_equal(kill(pid, SIGKILL), 0);
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    close(m.pipe[0]);
    assert_int_equal(sqlite_files_in(place->folder), 2); /* the journal is there: it was in the middle */
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(store_rows(place, "a"), 5);
    store_place_open(place, OKRUG_STORE_WRITE);
    assert_int_equal(store_rows(place, "a"), 5);
    sqlite_assert(place->location, "PRAGMA integrity_check", "ok");
    assert_int_equal(store_put_values(place, "a", 6), OKRUG_OK);
}

static void a_killed_server_leaves_what_it_kept(void **state) {
    store_place *place = *state;
    okrug_store_close(place->store);
    place->store = NULL;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        if (okrug_store_open(place->ctx, place->location, OKRUG_STORE_SERVE, &place->store) == OKRUG_OK &&
            store_put_values(place, "kept", 7) == OKRUG_OK && okrug_store_begin(place->ctx, place->store) == OKRUG_OK &&
            store_put_values(place, "half", 7) == OKRUG_OK) {
            kill(getpid(), SIGKILL);
        }
        _exit(1);
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(store_rows(place, "kept"), 7);
    assert_int_equal(store_rows(place, "half"), -1);
    /* The next writer makes a plain file of it. */
    store_place_open(place, OKRUG_STORE_WRITE);
    assert_int_equal(store_rows(place, "kept"), 7);
    okrug_store_close(place->store);
    place->store = NULL;
    sqlite_assert(place->location, "PRAGMA journal_mode", "delete");
    assert_int_equal(sqlite_files_in(place->folder), 1);
}

#define STORE_TEST(test) cmocka_unit_test_setup_teardown(test, store_setup, store_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        STORE_TEST(the_file_is_a_geopackage),
        cmocka_unit_test(the_same_steps_give_the_same_bytes),
        STORE_TEST(edits_of_other_programs_are_taken_or_refused),
        STORE_TEST(serving_leaves_a_plain_file),
        STORE_TEST(what_is_no_workspace_is_refused),
        STORE_TEST(a_newer_workspace_is_refused),
        STORE_TEST(a_damaged_file_is_told),
        STORE_TEST(a_workspace_is_not_made_over_anything),
        STORE_TEST(where_nothing_can_be_made_that_is_told),
        STORE_TEST(urls_of_a_server_are_refused),
        STORE_TEST(a_full_disk_leaves_what_was_there),
        STORE_TEST(a_failed_creation_leaves_no_file),
        STORE_TEST(a_read_only_folder_can_be_read),
        STORE_TEST(a_killed_program_leaves_what_was_there),
        STORE_TEST(a_killed_server_leaves_what_it_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
