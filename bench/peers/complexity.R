# SPDX-License-Identifier: GPL-3.0-or-later
#
# economiccomplexity on the values that bench_complexity left: complexity.R REGIONS PRODUCTS FILE. Prints the seconds of the
# calls for the same outputs, wall clock and processor.
library(economiccomplexity)
given <- commandArgs(trailingOnly = TRUE)
regions <- as.integer(given[1]); products <- as.integer(given[2])
values <- matrix(readBin(given[3], "double", regions * products), nrow = regions, byrow = TRUE,
                 dimnames = list(sprintf("r%05d", seq_len(regions)), sprintf("p%05d", seq_len(products))))
taken <- system.time({
  presence <- balassa_index(values)
  index <- complexity_measures(presence, method = "eigenvalues")
  near <- proximity(presence, compute = "product")$proximity_product
  around <- density(presence, near)
  outlook <- complexity_outlook(presence, near, index$complexity_index_product)
})
cat(taken[["elapsed"]], taken[["user.self"]] + taken[["sys.self"]], "\n")
