"""A site's folder in a store that many machines share: parts, a snapshot, and a manifest that is the commit."""

from newsscraper.store.opening import open_store as open_store
from newsscraper.store.place import Place as Place
from newsscraper.store.place import StoreFailed as StoreFailed
from newsscraper.store.place import StoreUnusable as StoreUnusable
from newsscraper.store.site import Lost as Lost
from newsscraper.store.site import StoredSite as StoredSite
