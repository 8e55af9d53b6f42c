/** How repositories are set up at any kind of Git server. */
package io.imaas.adapter.forge.setup;
