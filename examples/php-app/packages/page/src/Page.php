<?php

namespace Page;

final class Page
{
    /** @param list<string> $items */
    public static function render(string $title, array $items): string
    {
        $lines = array_map(fn (string $item): string => '<li>' . htmlspecialchars($item) . '</li>', $items);
        return "<!doctype html>\n<title>$title</title>\n<h1>$title</h1>\n<ul>\n" . implode("\n", $lines) . "\n</ul>\n";
    }
}
