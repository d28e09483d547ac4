/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeping a workspace well: older ones brought up to date, copies while others write, the check and what it finds, the
 * GeoPackage for others.
 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "sqlite_testing.h"

extern const char okrug_embedded_sql_sqlite_0001_workspace_sql[];

/* A workspace of the first format with the dataset "a": one column, two rows. */
static const char first_dataset[] =
    "INSERT INTO okrug_dataset VALUES (1, 'a', 'values', NULL);"
    "INSERT INTO okrug_table VALUES (1, 1, 0, 'a', 'a', 2, NULL);"
    "INSERT INTO okrug_column VALUES (1, 0, 'region', 'region', 'text', '', NULL);"
    "CREATE TABLE a (fid INTEGER PRIMARY KEY NOT NULL, region TEXT, reason TEXT);"
    "INSERT INTO a VALUES (1, '01', NULL), (2, '02', NULL);"
    "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('a', 'attributes', 'a')";

static int old_setup(void **state) {
    store_place *place = store_place_new();
    sqlite_do(place->location, okrug_embedded_sql_sqlite_0001_workspace_sql);
    sqlite_do(place->location, first_dataset);
    *state = place;
    return 0;
}

static const char *beside(const store_place *place, const char *name) {
    return okrug_text(place->ctx, "%s%s", place->location, name);
}

static const char format[] = "SELECT value FROM okrug_meta WHERE name = 'format'";

/* ---- Migration ---- */

static void an_older_workspace_is_read_as_it_is(void **state) {
    store_place *place = *state;
    okrug_dataset *list = NULL;
    okrug_store_health health;
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(store_rows(place, "a"), 2);
    assert_int_equal(okrug_store_changes(place->ctx, place->store, &list), OKRUG_OK);
    assert_int_equal(list->table[0]->rows, 0);
    okrug_dataset_free(list);
    assert_int_equal(okrug_store_check(place->ctx, place->store, &health), OKRUG_OK);
    assert_int_equal(health.format, 1);
    assert_int_equal(okrug_messages(place->ctx), 0);
    assert_int_equal(sqlite_files_in(place->folder), 1);
    sqlite_assert(place->location, format, "1");
}

static void an_older_workspace_is_backed_up_and_migrated(void **state) {
    store_place *place = *state;
    sqlite_do(beside(place, ".format1-backup"), "CREATE TABLE mine (x)"); /* not to be overwritten */
    store_place_open(place, OKRUG_STORE_WRITE);
    assert_string_equal(store_last_code(place), "workspace-migrated");
    assert_non_null(strstr(okrug_message_at(place->ctx, 0)->value[3], ".format1-backup-2"));
    assert_int_equal(store_rows(place, "a"), 2);
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK);
    int64_t id = 0;
    assert_int_equal(okrug_store_undo(place->ctx, place->store, &id), OKRUG_OK);
    assert_int_equal(store_rows(place, "a"), 2);
    sqlite_assert(beside(place, ".format1-backup"), "SELECT count(*) FROM mine", "0");
    sqlite_assert(beside(place, ".format1-backup-2"), format, "1");
    sqlite_assert(beside(place, ".format1-backup-2"), "SELECT group_concat(region) FROM a", "01,02");
    /* It is what a new one would be. */
    okrug_store_close(place->store);
    place->store = NULL;
    assert_int_equal(okrug_store_create(place->ctx, beside(place, "-new")), OKRUG_OK);
    static const char schema[] = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master WHERE name LIKE "
                                 "'okrug_%' OR name LIKE 'gpkg_%' ORDER BY name)";
    char *made = sqlite_ask(beside(place, "-new"), schema);
    sqlite_assert(place->location, schema, made);
    free(made);
    /* Once is enough. */
    okrug_messages_clear(place->ctx);
    store_place_open(place, OKRUG_STORE_SERVE);
    assert_int_equal(okrug_messages(place->ctx), 0);
}

static void a_migration_that_fails_leaves_the_old_file(void **state) {
    store_place *place = *state;
    sqlite_do(place->location, "CREATE TABLE okrug_aside_layer (x)"); /* the last that 0002 makes */
    assert_int_equal(okrug_store_open(place->ctx, place->location, OKRUG_STORE_WRITE, &place->store),
                     OKRUG_READ_FAILED);
    assert_null(place->store);
    assert_int_equal(sqlite_files_in(place->folder), 1);
    sqlite_assert(place->location, format, "1");
    sqlite_assert(place->location, "SELECT count(*) FROM sqlite_master WHERE name = 'okrug_change'", "0");
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(store_rows(place, "a"), 2);
}

/* Killed when everything is migrated and nothing committed. */
static void kill_when_migrating(void *user, const char *task, double done, double total) {
    (void)user;
    (void)done;
    (void)total;
    if (strcmp(task, "task.migrating") == 0) {
        kill(getpid(), SIGKILL);
    }
}

static void a_killed_migration_leaves_the_old_file(void **state) {
    store_place *place = *state;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.progress = kill_when_migrating});
        (void)okrug_store_open(ctx, place->location, OKRUG_STORE_WRITE, &place->store);
        _exit(1); /* it was to be killed before */
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(store_rows(place, "a"), 2);
    sqlite_assert(place->location, format, "1");
    sqlite_assert(beside(place, ".format1-backup"), format, "1");
    store_place_open(place, OKRUG_STORE_WRITE);
    assert_int_equal(store_rows(place, "a"), 2);
}

static int migrate_on_full_disk(store_place *place) {
    struct stat size;
    signal(SIGXFSZ, SIG_IGN);
    if (stat(place->location, &size) != 0) {
        return 1;
    }
    struct rlimit limit = {(rlim_t)size.st_size, (rlim_t)size.st_size}; /* room for the copy, not for the new tables */
    setrlimit(RLIMIT_FSIZE, &limit);
    okrug_status status = okrug_store_open(place->ctx, place->location, OKRUG_STORE_WRITE, &place->store);
    return status == OKRUG_WRITE_FAILED && sqlite_files_in(place->folder) == 1 ? 0 : 2;
}

static void a_migration_without_room_leaves_the_old_file(void **state) {
    store_place *place = *state;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        _exit(migrate_on_full_disk(place));
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    sqlite_assert(place->location, format, "1");
    sqlite_assert(place->location, "PRAGMA integrity_check", "ok");
}

/* Permissions do not bind the superuser. */
static int use_read_only(store_place *place) {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
        return 1;
    }
    if (okrug_store_open(place->ctx, place->location, OKRUG_STORE_SERVE, &place->store) != OKRUG_WRITE_FAILED ||
        strcmp(store_last_code(place), "workspace-older") != 0) {
        return 2;
    }
    if (okrug_store_open(place->ctx, place->location, OKRUG_STORE_READ, &place->store) != OKRUG_OK ||
        store_rows(place, "a") != 2) {
        return 3;
    }
    okrug_store_close(place->store);
    return 0;
}

static void an_older_workspace_that_cannot_be_changed_is_read_and_not_served(void **state) {
    store_place *place = *state;
    assert_int_equal(chmod(place->location, 0444), 0);
    assert_int_equal(chmod(place->folder, 0555), 0);
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

/* ---- Backup ---- */

static void a_copy_is_of_one_state_while_others_write(void **state) {
    store_place *place = *state;
    okrug_store *server = NULL;
    assert_int_equal(store_put_values(place, "a", 5000), OKRUG_OK);
    assert_int_equal(okrug_store_open(place->ctx, place->location, OKRUG_STORE_SERVE, &server), OKRUG_OK);
    okrug_dataset *more = store_values("b", 9000);
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(okrug_store_begin(place->ctx, server), OKRUG_OK);
    assert_int_equal(okrug_store_put(place->ctx, server, more), OKRUG_OK);
    assert_int_equal(okrug_store_backup(place->ctx, place->store, beside(place, ".copy")), OKRUG_OK);
    assert_int_equal(okrug_store_commit(place->ctx, server), OKRUG_OK);
    assert_int_equal(okrug_store_backup(place->ctx, place->store, beside(place, ".second")), OKRUG_OK);
    okrug_store_close(server);
    sqlite_assert(beside(place, ".copy"), "PRAGMA journal_mode", "delete");
    sqlite_assert(beside(place, ".copy"), "SELECT group_concat(id) FROM okrug_dataset", "a");
    sqlite_assert(beside(place, ".copy"), "SELECT count(*) FROM a", "5000");
    sqlite_assert(beside(place, ".second"), "SELECT count(*) FROM b", "9000");
    /* Nothing is overwritten. */
    assert_int_equal(okrug_store_backup(place->ctx, place->store, beside(place, ".copy")), OKRUG_BAD_USAGE);
    assert_string_equal(store_last_code(place), "workspace-exists");
    sqlite_assert(beside(place, ".copy"), "SELECT count(*) FROM a", "5000");
    okrug_store_close(place->store);
    place->store = NULL;
    assert_int_equal(sqlite_files_in(place->folder), 3);
    okrug_dataset_free(more);
}

static void a_cancelled_copy_leaves_nothing(void **state) {
    store_place *place = *state;
    atomic_bool cancel = true;
    okrug_ctx *ctx = okrug_ctx_new(&(okrug_ctx_options){.cancel = &cancel});
    assert_int_equal(okrug_store_backup(ctx, place->store, beside(place, ".copy")), OKRUG_CANCELLED);
    assert_int_equal(sqlite_files_in(place->folder), 1);
    assert_int_equal(store_put_values(place, "a", 5), OKRUG_OK); /* and holds nothing */
    okrug_ctx_free(ctx);
}

/* Overwrites bytes in the middle of the page that holds most of the table's rows. */
static void damage(const char *file, long at) {
    FILE *stream = fopen(file, "r+b");
    assert_non_null(stream);
    assert_int_equal(fseek(stream, at, SEEK_SET), 0);
    for (int i = 0; i < 512; i++) {
        assert_int_not_equal(fputc(0xA5, stream), EOF);
    }
    fclose(stream);
}

static void a_damaged_file_is_not_copied_as_though_it_were_whole(void **state) {
    store_place *place = *state;
    struct stat size;
    assert_int_equal(store_put_values(place, "a", 20000), OKRUG_OK);
    okrug_store_close(place->store);
    place->store = NULL;
    assert_int_equal(stat(place->location, &size), 0);
    damage(place->location, (long)size.st_size / 4096 / 2 * 4096);
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(okrug_store_backup(place->ctx, place->store, beside(place, ".copy")), OKRUG_READ_FAILED);
    assert_string_equal(store_last_code(place), "workspace-damaged");
    assert_int_equal(sqlite_files_in(place->folder), 1);
}

/* ---- Check ---- */

/* Closes, changes the file, opens and checks; the code of the first message, "" where there is none. */
static const char *finding(store_place *place, const char *sql, okrug_status expected) {
    okrug_store_health health = {0};
    okrug_store_close(place->store);
    place->store = NULL;
    sqlite_do(place->location, sql);
    okrug_messages_clear(place->ctx);
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(okrug_store_check(place->ctx, place->store, &health), expected);
    const char *code = okrug_messages(place->ctx) > 0 ? okrug_message_at(place->ctx, 0)->code : "";
    store_place_open(place, OKRUG_STORE_WRITE);
    return code;
}

static void a_whole_workspace_is_well(void **state) {
    store_place *place = *state;
    okrug_store_health health = {0};
    sqlite_put_outline(place);
    assert_int_equal(store_put_values(place, "a", 10), OKRUG_OK);
    assert_int_equal(store_put_values(place, "a", 11), OKRUG_OK);
    assert_int_equal(okrug_store_check(place->ctx, place->store, &health), OKRUG_OK);
    assert_int_equal(okrug_messages(place->ctx), 0);
    assert_int_equal(health.undoable, 3);
    assert_int_equal(health.cells_aside, 30);
    struct stat size;
    assert_int_equal(stat(place->location, &size), 0);
    assert_int_equal(health.bytes, size.st_size);
}

static void the_check_names_what_is_wrong(void **state) {
    static const struct {
        const char *damage;
        const char *code;
        bool fault;
    } cases[] = {
        {"INSERT INTO a (fid, region) VALUES (900, 'x')", "check-rows", false},
        {"DELETE FROM gpkg_contents WHERE table_name = 'a'", "check-no-layer", false},
        {"DROP TABLE b", "check-table-gone", true},
        {"ALTER TABLE c RENAME COLUMN value TO worth", "check-column-gone", true},
        {"INSERT INTO gpkg_contents (table_name, data_type) VALUES ('nowhere', 'attributes')", "check-layer-gone",
         true},
        {"DELETE FROM gpkg_geometry_columns", "check-geometry-unregistered", true},
        {"INSERT INTO gpkg_contents (table_name, data_type) VALUES ('okrug_change', 'attributes')",
         "check-internal-layer", true},
        {"CREATE TABLE okrug_aside_77 (x)", "check-orphan", true},
        {"INSERT INTO okrug_dataset VALUES (-9, '#-9', 'values', NULL)", "check-orphan", true},
        {"PRAGMA foreign_keys = OFF; INSERT INTO okrug_line VALUES (99, 1, x'00')", "check-reference", true},
        {"CREATE INDEX i ON c (region); PRAGMA writable_schema = ON; "
         "UPDATE sqlite_master SET sql = 'CREATE INDEX i ON c (industry)' WHERE name = 'i'",
         "check-pages", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *made = NULL;
        store_setup(&made);
        store_place *place = made;
        sqlite_put_outline(place);
        assert_int_equal(store_put_values(place, "a", 10), OKRUG_OK);
        assert_int_equal(store_put_values(place, "b", 10), OKRUG_OK);
        assert_int_equal(store_put_values(place, "c", 10), OKRUG_OK);
        const char *code = finding(place, cases[i].damage, cases[i].fault ? OKRUG_BAD_INPUT : OKRUG_OK);
        bool found = strcmp(code, cases[i].code) == 0;
        for (int64_t m = 1; m < okrug_messages(place->ctx); m++) {
            found = found || strcmp(okrug_message_at(place->ctx, m)->code, cases[i].code) == 0;
        }
        if (!found) {
            fail_msg("%s gave %s", cases[i].damage, code);
        }
        store_teardown(&made);
    }
}

static void the_check_finds_flipped_bytes(void **state) {
    store_place *place = *state;
    okrug_store_health health = {0};
    struct stat size;
    assert_int_equal(store_put_values(place, "a", 20000), OKRUG_OK);
    okrug_store_close(place->store);
    place->store = NULL;
    assert_int_equal(stat(place->location, &size), 0);
    damage(place->location, (long)size.st_size / 4096 / 2 * 4096);
    store_place_open(place, OKRUG_STORE_READ);
    assert_int_equal(okrug_store_check(place->ctx, place->store, &health), OKRUG_BAD_INPUT);
    assert_true(okrug_faults(place->ctx) > 0);
}

static void the_check_finds_a_cut_file(void **state) {
    store_place *place = *state;
    okrug_store_health health = {0};
    struct stat size;
    assert_int_equal(store_put_values(place, "a", 20000), OKRUG_OK);
    okrug_store_close(place->store);
    place->store = NULL;
    assert_int_equal(stat(place->location, &size), 0);
    assert_int_equal(truncate(place->location, size.st_size / 2), 0);
    okrug_status status = okrug_store_open(place->ctx, place->location, OKRUG_STORE_READ, &place->store);
    if (status == OKRUG_OK) {
        status = okrug_store_check(place->ctx, place->store, &health);
    }
    assert_true(status == OKRUG_BAD_INPUT || status == OKRUG_READ_FAILED);
    assert_true(okrug_faults(place->ctx) > 0);
}

/* ---- The GeoPackage for others ---- */

static void a_published_file_has_nothing_of_our_own(void **state) {
    store_place *place = *state;
    okrug_store *draft = NULL;
    const char *path = beside(place, ".gpkg");
    okrug_dataset *dataset = store_values("a", 30);
    dataset->provenance = "{\"file\":\"a.csv\"}";
    assert_int_equal(okrug_store_draft(place->ctx, path, &draft), OKRUG_OK);
    okrug_dataset *secret = store_values("secret-name", 5);
    assert_int_equal(okrug_store_put(place->ctx, draft, secret), OKRUG_OK);
    assert_int_equal(okrug_store_remove(place->ctx, draft, "secret-name"), OKRUG_OK);
    assert_int_equal(okrug_store_put(place->ctx, draft, dataset), OKRUG_OK);
    assert_int_equal(okrug_store_publish(place->ctx, draft, path, false), OKRUG_OK);
    okrug_store_close(draft);
    okrug_dataset_free(secret);
    okrug_dataset_free(dataset);
    assert_int_equal(sqlite_files_in(place->folder), 2);
    sqlite_assert(path, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'okrug%'", "0");
    sqlite_assert(path, "SELECT group_concat(table_name) FROM gpkg_contents", "a");
    sqlite_assert(path, "SELECT count(*) FROM a", "30");
    sqlite_assert(path,
                  "SELECT metadata FROM gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id "
                  "WHERE table_name = 'a'",
                  "{\"file\":\"a.csv\"}");
    sqlite_assert(path, "PRAGMA integrity_check", "ok");
    sqlite_assert(path, "PRAGMA freelist_count", "0");
    sqlite_assert(path, "SELECT count(*) FROM pragma_foreign_key_check", "0");
    char command[400];
    snprintf(command, sizeof command, "grep -q 'secret-name\\|okrug_' '%s'", path);
    assert_int_not_equal(system(command), 0); /* not even in a page that is free */
}

static void a_draft_that_is_not_published_is_gone(void **state) {
    store_place *place = *state;
    okrug_store *draft = NULL;
    const char *path = beside(place, ".gpkg");
    assert_int_equal(okrug_store_draft(place->ctx, path, &draft), OKRUG_OK);
    assert_int_equal(sqlite_files_in(place->folder), 2);
    okrug_store_close(draft);
    assert_int_equal(sqlite_files_in(place->folder), 1);
    /* What is there stays, unless it is to be replaced. */
    sqlite_do(path, "CREATE TABLE mine (x)");
    for (int replace = 0; replace < 2; replace++) {
        assert_int_equal(okrug_store_draft(place->ctx, path, &draft), OKRUG_OK);
        assert_int_equal(okrug_store_publish(place->ctx, draft, path, replace), replace ? OKRUG_OK : OKRUG_BAD_USAGE);
        okrug_store_close(draft);
        assert_int_equal(sqlite_files_in(place->folder), 2);
        sqlite_assert(path, "SELECT count(*) FROM sqlite_master WHERE name = 'mine'", replace ? "0" : "1");
    }
    assert_int_equal(okrug_store_publish(place->ctx, place->store, path, true), OKRUG_DEFECT); /* no draft */
}

#define OLD_TEST(test) cmocka_unit_test_setup_teardown(test, old_setup, store_teardown)
#define STORE_TEST(test) cmocka_unit_test_setup_teardown(test, store_setup, store_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        OLD_TEST(an_older_workspace_is_read_as_it_is),
        OLD_TEST(an_older_workspace_is_backed_up_and_migrated),
        OLD_TEST(a_migration_that_fails_leaves_the_old_file),
        OLD_TEST(a_killed_migration_leaves_the_old_file),
        OLD_TEST(a_migration_without_room_leaves_the_old_file),
        OLD_TEST(an_older_workspace_that_cannot_be_changed_is_read_and_not_served),
        STORE_TEST(a_copy_is_of_one_state_while_others_write),
        STORE_TEST(a_cancelled_copy_leaves_nothing),
        STORE_TEST(a_damaged_file_is_not_copied_as_though_it_were_whole),
        STORE_TEST(a_whole_workspace_is_well),
        cmocka_unit_test(the_check_names_what_is_wrong),
        STORE_TEST(the_check_finds_flipped_bytes),
        STORE_TEST(the_check_finds_a_cut_file),
        STORE_TEST(a_published_file_has_nothing_of_our_own),
        STORE_TEST(a_draft_that_is_not_published_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
