"""What every Python service of the suite shares. It knows of tasks only what the event contracts say."""

import zoneinfo

# The pinned tzdata package decides, on every machine, and not what the machine happens to have.
zoneinfo.reset_tzpath(to=())
