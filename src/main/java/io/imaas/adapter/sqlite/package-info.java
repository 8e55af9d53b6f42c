/** The log of events in one file of SQLite, for a server that needs nothing else beside it. */
package io.imaas.adapter.sqlite;
