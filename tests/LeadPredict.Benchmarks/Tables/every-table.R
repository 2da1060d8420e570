# Writes every table of some packages of R that has 200 to 100,000 rows, 4 columns or more and a column of two values as DIR/PACKAGE_NAME/train.csv and
# test.csv, for 'tables --as-they-are DIR/*'. The last such column is the label, so nobody chose: some are sexes, treatments, or told by another column.
# Two thirds of the rows are drawn to train on by a fixed seed.
#
#   Rscript every-table.R DIR
#
# What of the packages below is not installed is passed over; Debian has them as r-cran-NAME.
folder <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(folder)) stop("expected the folder to write to")

packages <- c(
  "vcd", "vcdExtra", "rpart", "gam", "multcomp", "lme4", "MCMCpack", "arm", "bayesm", "plm", "survey", "Epi", "epicalc", "cluster", "nlme", "geepack", "party",
  "randomForest", "KMsurv", "Hmisc", "effects", "flexmix", "palmerpenguins", "caTools", "datasets", "lattice", "ggplot2", "mgcv", "boot", "survival",
  "carData", "AER", "psych", "modeldata", "HSAUR3", "MASS")

fewest_of_a_value <- 30
widest <- 1000

find_rows <- function(package, item) {
  name <- sub(" .*", "", item)
  loaded <- new.env()
  source <- if (grepl("\\(", item)) sub(".*\\((.*)\\)", "\\1", item) else name
  tryCatch(suppressWarnings(data(list = source, package = package, envir = loaded)), error = function(missing) NULL)
  rows <- get0(name, envir = loaded, inherits = FALSE)
  if (!is.data.frame(rows)) return(NULL)
  rows <- as.data.frame(rows)
  plain <- sapply(rows, function(column) {
    is.null(dim(column)) && !is.list(column) &&
      (is.factor(column) || is.numeric(column) || is.character(column) || is.logical(column) || inherits(column, "Date"))
  })
  rows[, plain, drop = FALSE]
}

has_two_values <- function(column) {
  known <- column[!is.na(column)]
  length(unique(known)) == 2 && min(table(known)) >= fewest_of_a_value
}

write_table <- function(name, rows, label) {
  values <- as.character(rows[[label]])
  answer <- as.integer(values == sort(unique(values[!is.na(values)]))[2])
  rows <- rows[, names(rows) != label, drop = FALSE]
  rows[] <- lapply(rows, function(column) {
    if (inherits(column, "Date")) as.numeric(column)
    else if (is.logical(column)) as.integer(column)
    else if (is.factor(column)) as.character(column)
    else as.vector(column)
  })
  names(rows) <- make.unique(tolower(make.names(names(rows))))
  rows$label <- answer
  rows <- rows[!is.na(rows$label), ]
  set.seed(7)
  order <- sample(nrow(rows))
  train <- round(length(order) * 2 / 3)
  to <- file.path(folder, tolower(name))
  dir.create(to, recursive = TRUE, showWarnings = FALSE)
  write.csv(rows[order[1:train], ], file.path(to, "train.csv"), row.names = FALSE, na = "")
  write.csv(rows[order[(train + 1):length(order)], ], file.path(to, "test.csv"), row.names = FALSE, na = "")
}

for (package in packages) {
  items <- tryCatch(data(package = package)$results[, "Item"], error = function(missing) character())
  for (item in unique(items)) {
    rows <- find_rows(package, item)
    if (is.null(rows) || nrow(rows) < 200 || nrow(rows) > 100000 || ncol(rows) < 4 || ncol(rows) > widest) next
    candidates <- which(sapply(rows, has_two_values))
    if (length(candidates) > 0) write_table(paste0(package, "_", sub(" .*", "", item)), rows, names(rows)[max(candidates)])
  }
}
