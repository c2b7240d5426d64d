"""What every Python service of the suite shares. It knows of tasks only what the event contracts say."""
