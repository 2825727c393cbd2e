// What the parts of the script share. Properties that end with "_" get short names when they are built: ScriptData of the gateway writes them.

/** An entry of the cookie table. */
interface Entry {
  names_: string[];
  /** "localStorage", "sessionStorage", "indexedDB", "cacheStorage", "serviceWorker", "host" or "path"; absent for a cookie. */
  kind_?: string;
  /** Index of its group. */
  group_: number;
  /** Longest lifetime; 0 for a session. */
  seconds_: number;
  /** Of an exempt audience measurement: its number in the consent cookie. */
  number_?: string;
  domain_?: string;
  path_?: string;
  partitioned_?: boolean;
  sale_?: boolean;
  /** Whether it lists hosts of frames that get a placeholder. */
  frames_?: boolean;
}

/** The entries on which a visitor decides together. With a version, consent is asked for it. */
interface Group {
  id_: string;
  version_?: string;
  sale_?: boolean;
}

/** The words of one language. */
interface Words {
  [name: string]: any;
}

interface Site {
  prefix_: string;
  cookie_: string;
  days_: number;
  audienceDays_?: number;
  observes_?: boolean;
  choice_?: boolean;
  /** Whether choices are signed. A script cannot verify that: the gateway deletes the others with each page. */
  signed_?: boolean;
  /** Class of the bar: "low", "high" or "". */
  position_: string;
  /** Whether nothing is shown at all. */
  bare_?: boolean;
  opener_?: string;
  language_: string;
  pages_?: [place: string, language: string][];
  /** Paths of pages that show nothing; a star at the end stands for everything that follows. */
  quiet_?: string[];
  policy_?: string;
  /** The policy of pages that allows no third party, where third parties are held back. */
  own_?: string;
  existing_?: { hide_: string[]; unlock_?: boolean; answers_: { kind_: string; name_: string; value_: string }[] };
  api_?: string;
  google_?: Record<string, string | null>;
  groups_: Group[];
  entries_: Entry[];
  /** By language: its words, or the hash of the file that holds them. */
  texts_: Record<string, any>;
  /** By language: the hash of the file that holds the dialog. */
  dialogs_: Record<string, string>;
}

/** What the consent cookie says. */
interface State {
  /** A character for each choice that can be read. */
  choices_: string;
  /** By group: "1" or "0" for each choice. */
  votes_: Record<string, string>;
  /** Ids of the groups that are to be asked. */
  open_: string[];
  /** Whether all of it is known to this script. */
  known_: boolean;
  /** By number: the first day of an audience cookie, in days since 1970. */
  days_: Record<string, number>;
  /** Whether the visitor objects to audience measurement. */
  objected_: boolean;
}

/** The one object that the built files share. */
interface Gateway {
  site_: Site;
  css_: string;

  // requests.js
  /** Reports a failure of our own code to the gateway, once a page. */
  fail_(part: string): void;

  // main.js
  ask_(): void;
  /** Reads the cookie again and carries out what changed. */
  compare_(): void;
  /** The button or link in the corner, once it is there. */
  control_(): HTMLElement | undefined;
  eachCookie_(call: (name: string, value: string) => void): void;
  expire_(name: string, entries?: Entry[]): void;
  find_(kind: string, name: string): Entry[] | undefined;
  focusControl_(): void;
  /** The language of this page. */
  language_(): string;
  listen_(part: string, call: (isFirst: boolean) => void): void;
  mayUse_(entry: Entry): boolean;
  /** Opens the dialog, or the settings page. */
  open_(): void;
  /** Of the file of the dialog. */
  dialogCss_?: string;
  makeDialog_(kit: any): any;
  adopt_(root: any, ...sheets: any[]): void;
  sheetOf_(text: string): any;
  pageListeners_: any;
  permits_(id: string): boolean;
  state_(): State;
  start_(): void;
  /** The address of a path of the gateway. */
  url_(path: string): string;

  // Parts that not every site has.
  /** signals.js: whether an entry or a group is held back by what the browser asks on its user's behalf. */
  isHeld_?(one: { sale_?: boolean }): boolean | undefined;
  /** audience.js: how many of its seconds a cookie has left; undefined: it may not be written. */
  limit_?(most: number, entry: Entry, name: string, value: string): number | undefined;
  /** parties.js: whether the page used, or tried to use, a host or path of the group with this index that does not come or go in place. */
  isUsed_?(group: number): boolean;
  /** parties.js: all hosts. */
  sources_?: any[];
  /** parties.js: whether a source allows an address. */
  allows_?(source: any, address: URL): boolean;
  /** placeholders.js: whether a document of ours stands in frames of the entry. */
  comesInPlace_?(entry: Entry): boolean;
  /** api.js: a script of the page has read what is granted. */
  isRead_?: boolean;
  /** opener.js: rules for the page. */
  pageRules_?: string;
  /** languages.js: fetches words, and gives `first` where that is not possible. */
  importWords_?(hash: string, first: Words): Promise<Words>;
}

declare const gateway: Gateway;

/** Whether the script is built for sites that need one of the parts. */
declare const WITH_PARTS: boolean;

interface Window {
  dataLayer?: unknown;
}

interface ProxyHandler<T extends object> {
  __proto__?: null;
}

interface PropertyDescriptor {
  __proto__?: null;
}

interface Navigator {
  globalPrivacyControl?: boolean;
}
