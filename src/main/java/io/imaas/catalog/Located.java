package io.imaas.catalog;

import io.imaas.model.failure.Location;

/** A parsed value and where it was written. */
record Located<T>(Location where, T value) {}
