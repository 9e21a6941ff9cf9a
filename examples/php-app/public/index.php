<?php

require __DIR__ . '/../vendor/autoload.php';

use Bookshelf\Books;
use Page\Page;

$books = Books::open();
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $books->add($_POST['title']);
    http_response_code(201);
}
echo Page::render('Bookshelf', $books->titles());
