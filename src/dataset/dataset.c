/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Datasets: made and freed, their names and their tables.
 */
#include <okrug/dataset.h>

#include <stdlib.h>
#include <string.h>

#include <okrug/chunk.h>

#include "dataset/table_private.h"

okrug_dataset *okrug_dataset_new(const char *id, const char *kind) {
    okrug_dataset *dataset = calloc(1, sizeof *dataset);
    if (dataset == NULL) {
        return NULL;
    }
    dataset->id = okrug_dataset_keep(dataset, id);
    dataset->kind = okrug_dataset_keep(dataset, kind);
    if (dataset->id == NULL || dataset->kind == NULL) {
        okrug_dataset_free(dataset);
        return NULL;
    }
    return dataset;
}

void okrug_dataset_free(okrug_dataset *dataset) {
    if (dataset == NULL) {
        return;
    }
    for (int t = 0; t < dataset->tables; t++) {
        okrug_table_free(dataset->table[t]);
    }
    free(dataset->table);
    okrug_chunk_free(dataset->memory);
    free(dataset);
}

const char *okrug_dataset_keep(okrug_dataset *dataset, const char *text) {
    return okrug_chunk_text(&dataset->memory, text, strlen(text));
}

okrug_table *okrug_dataset_add_table(okrug_dataset *dataset, const char *name) {
    okrug_table *table = calloc(1, sizeof *table);
    if (table == NULL) {
        return NULL;
    }
    table->dataset = dataset;
    table->name = okrug_dataset_keep(dataset, name);
    okrug_table **grown = realloc(dataset->table, ((size_t)dataset->tables + 1) * sizeof *grown);
    if (grown != NULL) {
        dataset->table = grown;
    }
    if (table->name == NULL || grown == NULL) {
        okrug_table_free(table);
        return NULL;
    }
    dataset->table[dataset->tables++] = table;
    return table;
}

void okrug_dataset_drop_empty(okrug_dataset *dataset) {
    int kept = 0;
    for (int t = 0; t < dataset->tables; t++) {
        if (dataset->table[t]->columns == 0) {
            okrug_table_free(dataset->table[t]);
        } else {
            dataset->table[kept++] = dataset->table[t];
        }
    }
    dataset->tables = kept;
}

okrug_table *okrug_dataset_table(const okrug_dataset *dataset, const char *name) {
    for (int t = 0; t < dataset->tables; t++) {
        if (strcmp(dataset->table[t]->name, name) == 0) {
            return dataset->table[t];
        }
    }
    return NULL;
}
