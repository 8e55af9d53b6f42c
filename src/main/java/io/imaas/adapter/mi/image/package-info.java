/** The CARs of an image: the project's own, those that it depends on, and its connectors apart. */
package io.imaas.adapter.mi.image;
