/**
 * Metadata text to {@link io.imaas.model.tenancy.Catalog}, or all problems at once, each with file, line, column, what is wrong
 * and how to fix it. Three layers, each working on what the one before found sound: YAML to a located tree
 * ({@link io.imaas.catalog.YamlTree}), structure by JSON Schema ({@link io.imaas.catalog.SchemaCheck}), and the rules
 * that no schema can say. Does no file I/O: a door hands the texts over.
 */
package io.imaas.catalog;
