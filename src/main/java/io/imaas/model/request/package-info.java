/** What somebody asks for. A door (command line, Jenkins, server) only makes these values; nothing in them is decided. */
package io.imaas.model.request;
