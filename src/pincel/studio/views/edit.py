"""What `edit` changed, as indices and colours."""

from pincel.studio.views._sprite import view

__all__ = ["view"]
