/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line per analysis: its descriptor is `okrug_analysis_NAME`, in the file of that name.
 */
#ifndef OKRUG_ANALYSES_LIST_H
#define OKRUG_ANALYSES_LIST_H

#include "analyses/analysis.h"

#define OKRUG_ANALYSIS_LIST(X)                                                                                         \
    X(location_quotient)                                                                                               \
    X(specialisation)                                                                                                  \
    X(structural_distance)                                                                                             \
    X(market_potential)                                                                                                \
    X(concentration)                                                                                                   \
    X(coagglomeration)                                                                                                 \
    X(variety)                                                                                                         \
    X(disparity)                                                                                                       \
    X(composite)                                                                                                       \
    X(convergence)                                                                                                     \
    X(patterns)                                                                                                        \
    X(transitions)                                                                                                     \
    X(shift_share)                                                                                                     \
    X(growth)                                                                                                          \
    X(resilience)                                                                                                      \
    X(concentrations)                                                                                                  \
    X(complexity)                                                                                                      \
    X(fitness)                                                                                                         \
    X(relatedness)                                                                                                     \
    X(market_niches)                                                                                                   \
    X(opportunities)                                                                                                   \
    X(multipliers)                                                                                                     \
    X(linkages)                                                                                                        \
    X(ghosh)                                                                                                           \
    X(influence)                                                                                                       \
    X(propagation_length)                                                                                              \
    X(regionalise)                                                                                                     \
    X(multi_region)                                                                                                    \
    X(supply_use)                                                                                                      \
    X(footprint)                                                                                                       \
    X(inoperability)                                                                                                   \
    X(propagation)                                                                                                     \
    X(balance)                                                                                                         \
    X(convert)                                                                                                         \
    X(weights)                                                                                                         \
    X(k_density)                                                                                                       \
    X(m_function)                                                                                                      \
    X(ripley_k)                                                                                                        \
    X(moran)                                                                                                           \
    X(geary)                                                                                                           \
    X(getis_ord_g)                                                                                                     \
    X(local_moran)                                                                                                     \
    X(getis_ord_local)

#define OKRUG_X(name) extern const okrug_analysis okrug_analysis_##name;
OKRUG_ANALYSIS_LIST(OKRUG_X)
#undef OKRUG_X

#endif
