/** The REST API of Bitbucket Data Center, from version 8.15 on. */
package io.imaas.adapter.forge.bitbucket;
