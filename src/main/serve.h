/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands that need the server's room. They live here because neither the command line nor the server may know the
 * other: only the program knows both.
 */
#ifndef OKRUG_MAIN_SERVE_H
#define OKRUG_MAIN_SERVE_H

#include "cli/cli.h"

/* `okrug serve` and `okrug schemas`. */
cli_command okrug_main_serve, okrug_main_schemas;

#endif
