/** What is the same at every Git server: writes that look first, limits, merging by what the server says of its state. */
package io.imaas.adapter.forge.pull;
