<?php
// What owners of sites paste into their theme.
add_action('wp_head', function () {
    readfile(getenv('SITE_TAGS'));
});
