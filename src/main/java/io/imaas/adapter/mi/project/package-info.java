/** What a folder holds: the MI projects in it, whichever tool laid them out. */
package io.imaas.adapter.mi.project;
