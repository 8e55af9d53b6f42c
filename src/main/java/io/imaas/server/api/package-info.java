/** The API as a table of routes, from which its OpenAPI document is made. */
package io.imaas.server.api;
